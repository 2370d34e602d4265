/**
 * The kernel, and nothing but: system calls through JNA's direct mapping, errno values, and one flyweight for each C
 * structure that crosses the border.
 *
 * <p>Structures are laid out by hand for 64-bit Linux (x86-64 and AArch64 agree on all that is here). An address is a
 * plain {@code long}. Nothing allocates after start-up. Any thread may call; a structure belongs to the thread that
 * fills it.
 */
@NullMarked
package skyawg.datapath.sys;

import org.jspecify.annotations.NullMarked;
