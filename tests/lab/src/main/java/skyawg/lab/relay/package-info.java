/** A UDP relay that loses, doubles, delays, reorders and changes datagrams, the same ones for the same seed. */
@NullMarked
package skyawg.lab.relay;

import org.jspecify.annotations.NullMarked;
