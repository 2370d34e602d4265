package skyawg.control.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/** Who may speak on a socket: root and the user that owns it, as the kernel reports the other end (SO_PEERCRED). */
public final class PeerCredentials {
    private final UserPrincipal root;
    private final UserPrincipal owner;

    private PeerCredentials(UserPrincipal root, UserPrincipal owner) {
        this.root = root;
        this.owner = owner;
    }

    /** The rule for the socket at {@code path}. */
    public static PeerCredentials ofOwner(Path path) throws IOException {
        // A name that is no user's name is read as a number: so this is uid 0 even where it is not called root.
        UserPrincipal root =
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("0");
        return new PeerCredentials(root, Files.getOwner(path, LinkOption.NOFOLLOW_LINKS));
    }

    /** True when the process at the other end runs as root or as the owner. */
    public boolean admit(SocketChannel channel) throws IOException {
        UserPrincipal user =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        return user.equals(root) || user.equals(owner);
    }
}
