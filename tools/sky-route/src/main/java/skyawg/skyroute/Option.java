package skyawg.skyroute;

/**
 * An option of a subcommand.
 *
 * @param name with its dashes
 * @param value what stands behind it, for the usage; empty for one without
 * @param isRepeatable whether it may be given more than once
 * @param explanation for the help
 */
record Option(String name, String value, boolean isRepeatable, String explanation) {
    static Option flag(String name, String explanation) {
        return new Option(name, "", false, explanation);
    }

    static Option with(String name, String value, String explanation) {
        return new Option(name, value, false, explanation);
    }

    static Option repeatable(String name, String value, String explanation) {
        return new Option(name, value, true, explanation);
    }

    boolean takesValue() {
        return !value.isEmpty();
    }

    /** As in a usage: {@code [--record FILE]...} */
    String usage() {
        String text = takesValue() ? name + " " + value : name;
        return "[" + text + "]" + (isRepeatable ? "..." : "");
    }

    /** The name without dashes, as the daemon calls the field: {@code --first-hops} is {@code firsthops}. */
    String field() {
        return name.replace("-", "");
    }
}
