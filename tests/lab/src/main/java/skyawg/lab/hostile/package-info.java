/** Floods of datagrams that a daemon must throw away cheaply. */
@NullMarked
package skyawg.lab.hostile;

import org.jspecify.annotations.NullMarked;
