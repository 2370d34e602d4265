package skyawg.awg.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.obfuscation.Parameter;

/**
 * A file with obfuscation keys moved from {@code [Peer]} to {@code [Interface]}, keys of abandoned drafts left out and
 * {@code PresharedKey} spelled as everyone reads it. Other lines stay as they are, but for the byte-order mark and the
 * line ends. Of a key that is written several times under {@code [Peer]} the first line stays, unless
 * {@code [Interface]} has it already.
 */
public final class CorrectedFile {
    private static final String PRESHARED_KEY = ConfigKey.PRESHARED_KEY.spelling();

    private CorrectedFile() {}

    /** @return null when there is no such key: nothing to correct */
    public static @Nullable String of(ConfigText text) {
        Set<Parameter> present = new HashSet<>();
        List<String> moved = new ArrayList<>();
        List<ConfigText.Line> kept = new ArrayList<>();
        split(text, present, moved, kept);
        return kept.size() == text.lines().size() ? null : write(kept, moved);
    }

    private static void split(ConfigText text, Set<Parameter> present, List<String> moved, List<ConfigText.Line> kept) {
        boolean isInPeer = false;
        List<ConfigText.Line> misplaced = new ArrayList<>();
        for (ConfigText.Line line : text.lines()) {
            Parameter parameter = KeyNames.parameter(line.lowerCaseKey());
            if (isAnySection(line)) {
                isInPeer = line.isSection("Peer");
            } else if (parameter != null && isInPeer) {
                misplaced.add(line);
                continue;
            } else if (parameter != null) {
                present.add(parameter);
            } else if (KeyNames.isOfDraft(line.lowerCaseKey())) {
                continue;
            }
            kept.add(line);
        }
        for (ConfigText.Line line : misplaced) {
            Parameter parameter = KeyNames.parameter(line.lowerCaseKey());
            if (parameter != null && present.add(parameter)) {
                moved.add(line.text().strip());
            }
        }
    }

    private static String write(List<ConfigText.Line> kept, List<String> moved) {
        int place = endOfInterface(kept);
        StringBuilder file = new StringBuilder();
        if (place < 0 && !moved.isEmpty()) {
            file.append("[Interface]\n");
            append(file, moved);
            file.append('\n');
        }
        for (int i = 0; i < kept.size(); i++) {
            file.append(spelled(kept.get(i))).append('\n');
            if (i == place) {
                append(file, moved);
            }
        }
        return file.toString();
    }

    private static void append(StringBuilder file, List<String> lines) {
        for (String line : lines) {
            file.append(line).append('\n');
        }
    }

    /** The last line with content of the first {@code [Interface]}, -1 when there is none. */
    private static int endOfInterface(List<ConfigText.Line> lines) {
        int end = -1;
        for (int i = 0; i < lines.size(); i++) {
            ConfigText.Line line = lines.get(i);
            if (end >= 0 && isAnySection(line)) {
                return end;
            }
            if (line.isSection("Interface") || (end >= 0 && line.content() != null)) {
                end = i;
            }
        }
        return end;
    }

    private static String spelled(ConfigText.Line line) {
        boolean isOther = line.content() != null && line.content().key().equals("PreSharedKey");
        return isOther ? line.text().replaceFirst("PreSharedKey", PRESHARED_KEY) : line.text();
    }

    private static boolean isAnySection(ConfigText.Line line) {
        return line.content() != null
                && line.content().value() == null
                && line.content().key().startsWith("[");
    }
}
