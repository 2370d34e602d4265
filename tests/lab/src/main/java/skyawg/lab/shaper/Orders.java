package skyawg.lab.shaper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lines by which a script commands the shaper, one answer line each: {@code ok ...}, {@code error REASON}, or a
 * JSON object. One thread, not the loop's: reading a line must not hold up frames.
 *
 * <pre>
 *   link NAME END END                       "ok DEVICE DEVICE": move them where they belong, and set them up
 *   unlink NAME                             removes both devices
 *   shape NAME SETTING...                   both directions, as {@link Conditions} says
 *   shape NAME towards END SETTING...       one of them
 *   counters                                {"NAME":{"END":{...},"END":{...}},...}, by the end that a direction leads to
 * </pre>
 */
final class Orders {
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final ShaperLoop loop;
    private final long seed;
    private int linksMade;

    /** @param seed of all links; each has its own share of it by its name */
    Orders(ShaperLoop loop, long seed) {
        this.loop = loop;
        this.seed = seed;
    }

    /** Does what a line says. @return the answer, without an end of line */
    String obey(String line) {
        List<String> words = Arrays.asList(line.strip().split("\\s+"));
        try {
            return switch (words.getFirst()) {
                case "link" -> link(word(words, 1), word(words, 2), word(words, 3));
                case "unlink" -> unlink(word(words, 1));
                case "shape" -> shape(find(word(words, 1)), words.subList(2, words.size()));
                case "counters" -> counters();
                default -> "error " + words.getFirst() + ": no such order";
            };
        } catch (IOException | IllegalArgumentException e) {
            return "error " + e.getMessage();
        }
    }

    private String link(String name, String endA, String endB) throws IOException {
        if (links.containsKey(name)) {
            throw new IllegalArgumentException(name + ": there is a link of this name");
        }
        Link link = new Link(linksMade++, endA, endB, seed ^ ((long) name.hashCode() << Integer.SIZE));
        links.put(name, link);
        carryAll();
        return "ok " + link.deviceA().name() + " " + link.deviceB().name();
    }

    private String unlink(String name) {
        Link link = find(name);
        links.remove(name);
        carryAll();
        link.close();
        return "ok";
    }

    private void carryAll() {
        loop.carry(links.values().stream()
                .flatMap(link -> Stream.of(link.towardsA(), link.towardsB()))
                .toArray(Way[]::new));
    }

    private String shape(Link link, List<String> words) {
        if (!words.isEmpty() && words.getFirst().equals("towards")) {
            Direction direction = link.towards(word(words, 1)).direction();
            Conditions changed = direction.conditions().with(words.subList(2, words.size()));
            loop.ask(() -> direction.change(changed));
            return "ok";
        }
        Direction towardsA = link.towardsA().direction();
        Direction towardsB = link.towardsB().direction();
        Conditions changedA = towardsA.conditions().with(words);
        Conditions changedB = towardsB.conditions().with(words);
        loop.ask(() -> {
            towardsA.change(changedA);
            towardsB.change(changedB);
        });
        return "ok";
    }

    private String counters() {
        List<Counters> counted = new ArrayList<>();
        loop.ask(() -> {
            for (Link link : links.values()) {
                counted.add(link.towardsA().direction().counters());
                counted.add(link.towardsB().direction().counters());
            }
        });
        Iterator<Counters> next = counted.iterator();
        return links.entrySet().stream()
                .map(link -> String.format(
                        "\"%s\":{\"%s\":%s,\"%s\":%s}",
                        link.getKey(),
                        link.getValue().endA(),
                        next.next().json(),
                        link.getValue().endB(),
                        next.next().json()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private Link find(String name) {
        Link link = links.get(name);
        if (link == null) {
            throw new IllegalArgumentException(name + ": no such link");
        }
        return link;
    }

    private static String word(List<String> words, int index) {
        if (index >= words.size()) {
            throw new IllegalArgumentException(words.getFirst() + ": a name is missing");
        }
        return words.get(index);
    }
}
