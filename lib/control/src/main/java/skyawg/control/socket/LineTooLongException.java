package skyawg.control.socket;

import java.io.IOException;

/** The other end sent a line above the limit. What it sent is gone; the connection is of no more use. */
public final class LineTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    public LineTooLongException(int limitBytes) {
        super("line is longer than " + limitBytes + " bytes");
    }
}
