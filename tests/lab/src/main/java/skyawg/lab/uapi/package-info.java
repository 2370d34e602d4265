/** The recorded UAPI dialogues, held with a running daemon. */
@NullMarked
package skyawg.lab.uapi;

import org.jspecify.annotations.NullMarked;
