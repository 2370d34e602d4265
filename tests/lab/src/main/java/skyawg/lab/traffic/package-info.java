/** Numbered packets: a paced sender, and a receiver that tells what was lost, doubled, late or changed. */
@NullMarked
package skyawg.lab.traffic;

import org.jspecify.annotations.NullMarked;
