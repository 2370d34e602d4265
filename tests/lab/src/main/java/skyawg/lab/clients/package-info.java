/**
 * Clients of a Unix socket: hostile ones that hang on to it, and honest ones that measure how they are served
 * meanwhile.
 */
@NullMarked
package skyawg.lab.clients;

import org.jspecify.annotations.NullMarked;
