package skyawg.control.cli;

/** Exit statuses of the tools. The reference's subcommands know only the first two. */
public final class ExitStatus {
    public static final int OK = 0;
    /** The request failed; for a check, at least one error was found. */
    public static final int FAILED = 1;
    /** The command line or the configuration is wrong. */
    public static final int USAGE = 2;

    public static final int UNREACHABLE = 3;

    private ExitStatus() {}
}
