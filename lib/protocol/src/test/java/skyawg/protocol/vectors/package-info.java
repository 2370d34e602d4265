/** Reading test vectors. */
@NullMarked
package skyawg.protocol.vectors;

import org.jspecify.annotations.NullMarked;
