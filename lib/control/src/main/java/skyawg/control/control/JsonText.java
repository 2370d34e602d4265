package skyawg.control.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) into maps, lists, strings, numbers (Integer, Long or Double), booleans and null, and writes the
 * requests of clients. A reader of our own: a JSON library costs a command more time than all the rest of it.
 */
final class JsonText {
    /** Answers are flat. */
    private static final int MAX_DEPTH = 64;

    private final String text;
    private int at;
    private int depth;

    private JsonText(String text) {
        this.text = text;
    }

    /** @throws ControlException {@code not_json} unless the text is one JSON object */
    static Map<String, Object> object(String text) throws ControlException {
        JsonText json = new JsonText(text);
        json.skipBlanks();
        if (json.next() != '{') {
            throw json.fault("an object is wanted");
        }
        Map<String, Object> object = json.object();
        json.skipBlanks();
        if (json.at != text.length()) {
            throw json.fault("there is more behind it");
        }
        return object;
    }

    private Map<String, Object> object() throws ControlException {
        Map<String, Object> members = new LinkedHashMap<>();
        enter();
        if (!isEmpty('}')) {
            do {
                skipBlanks();
                if (next() != '"') {
                    throw fault("a name is wanted");
                }
                String name = string();
                skipBlanks();
                expect(':');
                members.put(name, value());
            } while (isContinued('}'));
        }
        depth--;
        return members;
    }

    private List<Object> array() throws ControlException {
        List<Object> elements = new ArrayList<>();
        enter();
        if (!isEmpty(']')) {
            do {
                elements.add(value());
            } while (isContinued(']'));
        }
        depth--;
        return elements;
    }

    private void enter() throws ControlException {
        if (++depth > MAX_DEPTH) {
            throw fault("it is nested too deeply");
        }
    }

    private boolean isEmpty(char end) {
        skipBlanks();
        boolean isEnd = at < text.length() && text.charAt(at) == end;
        at += isEnd ? 1 : 0;
        return isEnd;
    }

    private boolean isContinued(char end) throws ControlException {
        skipBlanks();
        char c = next();
        if (c != ',' && c != end) {
            throw fault("',' or '" + end + "' is wanted");
        }
        return c == ',';
    }

    @SuppressWarnings("NullAway") // null is a value of JSON, and the codec's maps have it too
    private @Nullable Object value() throws ControlException {
        skipBlanks();
        char c = next();
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private @Nullable Object literal(String word, @Nullable Object meaning) throws ControlException {
        if (!text.startsWith(word, at - 1)) {
            throw fault("no such word");
        }
        at += word.length() - 1;
        return meaning;
    }

    private Object number() throws ControlException {
        int from = at - 1;
        boolean isWhole = true;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        for (int i = from; i < at; i++) {
            isWhole &= ".eE".indexOf(text.charAt(i)) < 0;
        }
        String digits = text.substring(from, at);
        if (!digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            throw fault("no value");
        }
        try {
            if (!isWhole) {
                return Double.valueOf(digits);
            }
            long number = Long.parseLong(digits);
            if (number == (int) number) {
                return (int) number;
            }
            return number;
        } catch (NumberFormatException e) {
            throw fault("a number that is too large");
        }
    }

    private String string() throws ControlException {
        StringBuilder read = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            if (c < 0x20) {
                throw fault("a control character in a string");
            }
            read.append(c == '\\' ? escape() : c);
        }
        return read.toString();
    }

    private char escape() throws ControlException {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw fault("no such escape");
        };
    }

    private char unicode() throws ControlException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw fault("four hex digits are wanted");
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private void expect(char wanted) throws ControlException {
        if (next() != wanted) {
            throw fault("'" + wanted + "' is wanted");
        }
    }

    private char next() throws ControlException {
        if (at == text.length()) {
            throw fault("it breaks off");
        }
        return text.charAt(at++);
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private ControlException fault(String what) {
        return new ControlException(
                ControlException.NOT_JSON, "not a JSON object: " + what + " at character " + at, "");
    }

    /** One line: {@code {"id": 1, "do": "...", "with": {...}}}. */
    static String request(long id, String action, Map<String, String> with) {
        StringBuilder line = new StringBuilder("{\"id\":").append(id).append(",\"do\":");
        quote(line, action);
        line.append(",\"with\":{");
        String separator = "";
        for (Map.Entry<String, String> field : with.entrySet()) {
            line.append(separator);
            quote(line, field.getKey());
            line.append(':');
            quote(line, field.getValue());
            separator = ",";
        }
        return line.append("}}\n").toString();
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || Character.isSurrogate(c)) {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
