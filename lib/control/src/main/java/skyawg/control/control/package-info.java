/**
 * The daemon's control socket: one JSON object a line, a request and its answer, for everything that the UAPI sockets
 * cannot say. The protocol is described in awgd-control(5).
 *
 * <pre>
 *   {"id": 7, "do": "interface.add", "with": {"name": "awg0"}}
 *   {"id": 7, "ok": true, "result": {}}
 *   {"id": 7, "ok": false, "error": {"code": "name_in_use", "message": "...", "hint": "..."}}
 * </pre>
 *
 * <p>A {@link skyawg.control.control.ControlAction} is one request that a daemon offers;
 * {@link skyawg.control.control.ControlServer} serves a list of them, {@link skyawg.control.control.ControlClient}
 * asks. Jackson stays inside {@link skyawg.control.control.ControlCodec}: elsewhere a JSON object is a map of strings,
 * numbers, booleans, lists and maps.
 */
@NullMarked
package skyawg.control.control;

import org.jspecify.annotations.NullMarked;
