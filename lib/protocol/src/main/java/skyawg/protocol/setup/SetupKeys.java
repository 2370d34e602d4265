package skyawg.protocol.setup;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.onion.HopKeys;
import skyawg.protocol.tunnelkeys.EpochKeys;

/**
 * What an egress installs after it has accepted. The owner of each part closes it.
 *
 * @param epoch0 the first keys of the tunnel; null when the LSP joins one that is there
 */
public record SetupKeys(HopKeys lsp, @Nullable EpochKeys epoch0) {}
