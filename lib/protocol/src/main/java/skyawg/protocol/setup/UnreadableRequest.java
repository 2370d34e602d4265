package skyawg.protocol.setup;

/** A request of a version that we do not know. It is genuine, so it is refused and not dropped. */
public record UnreadableRequest(int version) implements Request {}
