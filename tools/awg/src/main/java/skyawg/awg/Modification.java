package skyawg.awg;

import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;
import skyawg.control.config.ParsedConfig;
import skyawg.control.uapi.Errno;
import skyawg.control.uapi.UapiClient;
import skyawg.control.uapi.UapiException;
import skyawg.protocol.tunnel.InterfaceUpdate;

/** The last step of every command that changes an interface. */
final class Modification {
    private Modification() {}

    /** @param config what {@code update} was made of */
    static int apply(CommandIo io, UapiClient daemons, String name, ParsedConfig config, InterfaceUpdate update) {
        try {
            if (config.asksAdvancedSecurity()) {
                throw new UapiException(Errno.EINVAL, "advanced security is for the kernel module only");
            }
            daemons.set(name, update);
            return ExitStatus.OK;
        } catch (UapiException e) {
            io.complain("Unable to modify interface: " + e.text());
            return ExitStatus.FAILED;
        }
    }
}
