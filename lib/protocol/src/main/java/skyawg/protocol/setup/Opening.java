package skyawg.protocol.setup;

/** What became of a received set-up: dropped in silence, or opened and to be answered. */
public sealed interface Opening permits SetupDrop, OpenedSetup {}
