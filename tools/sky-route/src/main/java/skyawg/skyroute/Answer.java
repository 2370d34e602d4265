package skyawg.skyroute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a daemon's answer, or a part of it. What a daemon of another version does not say is empty. */
record Answer(Map<String, Object> members) {
    String text(String name) {
        Object value = members.get(name);
        return value == null ? "" : value.toString();
    }

    /** As {@link #text}, with a dash for nothing. */
    String cell(String name) {
        String text = text(name);
        return text.isEmpty() ? "-" : text;
    }

    long number(String name) {
        return members.get(name) instanceof Number number ? number.longValue() : 0;
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            list.forEach(element -> texts.add(String.valueOf(element)));
        }
        return texts;
    }

    /** Elements of a list that are objects. */
    List<Answer> list(String name) {
        List<Answer> answers = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> map) {
                    answers.add(new Answer(named(map)));
                }
            }
        }
        return answers;
    }

    @SuppressWarnings("unchecked") // objects of JSON have names that are strings
    private static Map<String, Object> named(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
