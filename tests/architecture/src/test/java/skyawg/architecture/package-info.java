/**
 * What may depend on what, checked on the compiled classes of every library and tool: the inner walls of the project,
 * as Maven's modules are the outer ones. Each rule says what would go wrong without it.
 */
@NullMarked
package skyawg.architecture;

import org.jspecify.annotations.NullMarked;
