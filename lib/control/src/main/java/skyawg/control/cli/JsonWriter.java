package skyawg.control.cli;

/**
 * Writes one JSON document, indented by two blanks. A small writer of our own: a JSON library costs a command more time
 * than all the rest of it.
 */
public final class JsonWriter {
    private final StringBuilder out = new StringBuilder();
    private int depth;
    private boolean isFirst = true;
    private boolean isNamed;

    public JsonWriter beginObject() {
        return begin('{');
    }

    public JsonWriter endObject() {
        return end('}');
    }

    public JsonWriter beginArray() {
        return begin('[');
    }

    public JsonWriter endArray() {
        return end(']');
    }

    /** The name of the next value of an object. */
    public JsonWriter name(String name) {
        separate();
        quote(name);
        out.append(": ");
        isNamed = true;
        return this;
    }

    public JsonWriter value(String text) {
        separate();
        quote(text);
        return this;
    }

    public JsonWriter value(long number) {
        separate();
        out.append(number);
        return this;
    }

    public JsonWriter value(boolean truth) {
        separate();
        out.append(truth);
        return this;
    }

    /** A number above the signed range prints as what it is. */
    public JsonWriter unsigned(long number) {
        separate();
        out.append(Long.toUnsignedString(number));
        return this;
    }

    /** What was written, with a line end. */
    public String document() {
        return out.toString().concat("\n");
    }

    /** What was written, on one line: a line end in a string is escaped, so those that are here are indentation. */
    public String line() {
        return out.toString().replaceAll("\n *", "").concat("\n");
    }

    private JsonWriter begin(char bracket) {
        separate();
        out.append(bracket);
        depth++;
        isFirst = true;
        return this;
    }

    private JsonWriter end(char bracket) {
        depth--;
        if (!isFirst) {
            indent();
        }
        out.append(bracket);
        isFirst = false;
        return this;
    }

    private void separate() {
        if (isNamed) {
            isNamed = false;
            return;
        }
        if (!isFirst) {
            out.append(',');
        }
        isFirst = false;
        if (depth > 0) {
            indent();
        }
    }

    private void indent() {
        out.append('\n');
        for (int i = 0; i < depth; i++) {
            out.append("  ");
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || Character.isSurrogate(c)) {
                escape(c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private void escape(char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >> shift & 0xf, 16));
        }
    }
}
