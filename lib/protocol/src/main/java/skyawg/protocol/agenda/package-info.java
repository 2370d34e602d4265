/** What is due when, for whoever has many things with deadlines: {@link skyawg.protocol.agenda.Agenda}. */
@NullMarked
package skyawg.protocol.agenda;

import org.jspecify.annotations.NullMarked;
