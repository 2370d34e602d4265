package skyawg.awgd.mesh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import skyawg.control.control.ControlException;
import skyawg.control.mesh.MeshConfig;
import skyawg.control.mesh.MeshConfigException;
import skyawg.control.mesh.MeshConfigFile;
import skyawg.datapath.forward.TunnelOptions;
import skyawg.datapath.tunnel.DirectIngress;
import skyawg.datapath.tunnel.DirectRules;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.tunnel.TunnelRefusedException;

/**
 * The daemon's part in a mesh, as {@code mesh.conf} says. What changes is written there first and then takes effect, so
 * both are the old or both are the new. Any thread may call; one at a time is served.
 */
public final class MeshService implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MeshService.class.getName());

    private final MeshConfigFile file;
    private final TunnelOptions options;
    private final NodeInterfaces.Maker interfaces;
    private final DirectIngress direct;
    private final OwnAddresses ownAddresses = new OwnAddresses(this::take);
    private final Path state;
    private volatile @Nullable JoinedMesh mesh;
    private @Nullable MeshConfig config;
    private String failure = "";

    /**
     * @param direct the clients of this machine's interfaces
     * @param state folder for what must survive a restart
     */
    public MeshService(Path file, TunnelOptions options, DirectIngress direct, Path state) {
        this(file, options, node -> new KernelInterfaces(node, new KernelCommands(), direct), direct, state);
    }

    MeshService(Path file, TunnelOptions options, NodeInterfaces.Maker interfaces, DirectIngress direct, Path state) {
        this.file = new MeshConfigFile(file);
        this.options = options;
        this.interfaces = interfaces;
        this.direct = direct;
        this.state = state;
    }

    /** Joins the mesh of the file, if there is one. A fault is logged and kept for {@code mesh.show}. */
    public synchronized void start() {
        if (file.exists()) {
            try {
                reload();
            } catch (ControlException e) {
                LOG.log(System.Logger.Level.WARNING, () -> "the mesh is not joined: " + e.getMessage());
            }
        }
    }

    public boolean isJoined() {
        return mesh != null;
    }

    /** Why the mesh of the file is not joined; empty when it is, or when there is no file. */
    synchronized String failure() {
        return failure;
    }

    MeshConfigFile file() {
        return file;
    }

    /** Joins anew by what the file says now. */
    synchronized void reload() throws ControlException {
        MeshConfig fresh;
        try {
            fresh = file.read();
        } catch (MeshConfigException | IOException e) {
            failure = String.valueOf(e.getMessage());
            throw failed(failure);
        }
        try {
            enter(fresh);
        } catch (ControlException e) {
            failure = String.valueOf(e.getMessage());
            throw e;
        }
    }

    /**
     * Joins, and writes the file.
     *
     * @param fresh taken over
     */
    synchronized void join(MeshConfig fresh) throws ControlException {
        if (mesh != null) {
            String name = config().name().text();
            fresh.close();
            throw new ControlException(
                    ControlException.MESH_JOINED,
                    "this node is in the mesh '" + name + "' already",
                    "'sky-route mesh leave' ends that");
        }
        enter(fresh);
        try {
            file.write(fresh);
        } catch (IOException e) {
            leaveQuietly();
            throw failed(file.path() + ": cannot be written: " + e.getMessage());
        }
    }

    /** @param fresh taken over */
    private void enter(MeshConfig fresh) throws ControlException {
        leaveQuietly();
        JoinedMesh joined;
        try {
            joined = JoinedMesh.join(fresh, options, interfaces, state);
        } catch (IOException | TunnelRefusedException e) {
            fresh.close();
            throw failed("the mesh device or its interfaces cannot be opened: " + e.getMessage());
        }
        try {
            requireUseful(joined, fresh.allRecords());
        } catch (ControlException e) {
            joined.close();
            fresh.close();
            throw e;
        }
        mesh = joined;
        config = fresh;
        failure = "";
    }

    private synchronized void take(List<IpAddress> own) {
        JoinedMesh present = mesh;
        if (present != null) {
            present.node().setOwnAddresses(own);
        }
    }

    private void leaveQuietly() {
        JoinedMesh present = mesh;
        if (present != null) {
            present.close();
        }
        if (config != null) {
            config.close();
        }
        mesh = null;
        config = null;
    }

    /** Ends the part in the mesh, and puts the file aside. @return where the file is now */
    synchronized Path leave() throws ControlException {
        if (mesh == null && !file.exists()) {
            throw noMesh();
        }
        try {
            Path aside = file.putAside();
            if (mesh != null) {
                mesh.clearInterfaces();
            }
            leaveQuietly();
            direct.setRules(DirectRules.NONE);
            failure = "";
            return aside;
        } catch (IOException e) {
            throw failed(file.path() + ": cannot be put aside: " + e.getMessage());
        }
    }

    /** Adds records to the operator's list: all of them, or none with the reasons. @return how many are new or newer */
    synchronized int importRecords(List<AddressedRecord> records) throws ControlException {
        JoinedMesh joined = mesh();
        requireUseful(joined, records);
        Map<PublicKey, AddressedRecord> listed = new LinkedHashMap<>();
        for (AddressedRecord known : config().records()) {
            listed.put(known.node().staticKey(), known);
        }
        int fresh = 0;
        for (AddressedRecord offered : records) {
            PublicKey key = offered.node().staticKey();
            boolean isOurs = key.equals(joined.self());
            if (!isOurs && !offered.equals(listed.put(key, offered))) {
                fresh++;
            }
        }
        change(before -> before.withRecords(new ArrayList<>(listed.values())));
        return fresh;
    }

    private static void requireUseful(JoinedMesh joined, List<AddressedRecord> records) throws ControlException {
        long now = JoinedMesh.unixSeconds();
        for (AddressedRecord offered : records) {
            Optional<String> fault = joined.whyNot(offered, now);
            if (fault.isPresent()) {
                throw new ControlException(
                        ControlException.BAD_REQUEST,
                        "the record of " + offered.node().staticKey().toBase64() + " is of no use: " + fault.get(),
                        "no record was taken");
            }
        }
    }

    /** Changes tunnels or records: in the file, and then for the node. */
    synchronized void change(UnaryOperator<MeshConfig> change) throws ControlException {
        JoinedMesh joined = mesh();
        MeshConfig before = config();
        MeshConfig after;
        try {
            after = change.apply(before);
        } catch (IllegalArgumentException e) {
            throw new ControlException(ControlException.BAD_REQUEST, String.valueOf(e.getMessage()), "");
        }
        try {
            joined.openInterfaces(after);
        } catch (IOException | TunnelRefusedException e) {
            after.close();
            throw failed("nothing was changed: " + e.getMessage());
        }
        try {
            file.write(after);
        } catch (IOException e) {
            after.close();
            throw failed(file.path() + ": cannot be written, nothing was changed: " + e.getMessage());
        }
        before.close();
        config = after;
        joined.ask(() -> {
            joined.offerRecords(after.allRecords(), JoinedMesh.unixSeconds());
            joined.keep(after.tunnels());
            joined.labels().keep(after.labels());
            return true;
        });
        try {
            joined.steer(after.ftn());
        } catch (IOException e) {
            throw failed("the system's routes are not as the rules want them: " + e.getMessage());
        }
    }

    /** Answers a question on the conductor. */
    synchronized <T> T ask(Function<JoinedMesh, T> question) throws ControlException {
        JoinedMesh joined = mesh();
        return joined.ask(() -> question.apply(joined));
    }

    /** Must be joined. */
    synchronized MeshConfig config() throws ControlException {
        if (config == null) {
            throw noMesh();
        }
        return config;
    }

    /** Must be joined. */
    synchronized JoinedMesh mesh() throws ControlException {
        JoinedMesh present = mesh;
        if (present == null) {
            throw noMesh();
        }
        return present;
    }

    private ControlException noMesh() {
        String hint = failure.isEmpty()
                ? "'sky-route mesh join NAME' joins one"
                : file.path() + " is not in use: " + failure + "; mend it, then 'sky-route mesh reload'";
        return new ControlException(ControlException.NO_MESH, "this node is in no mesh", hint);
    }

    private static ControlException failed(String message) {
        return new ControlException(ControlException.FAILED, message, "");
    }

    /** Whether this daemon serves the interface of this name, so that its peers are clients here. */
    boolean hasClients(String interfaceName) {
        return direct.has(interfaceName);
    }

    /** The interface of this daemon that has this peer. */
    Optional<String> interfaceOf(PublicKey client) {
        return direct.interfaceOf(client);
    }

    /** The kernel's routes have changed: sources of packets are looked at again. */
    public void routesChanged() {
        JoinedMesh present = mesh;
        if (present != null) {
            present.routesChanged();
            ownAddresses.lookAgain();
        }
    }

    /** Ends the part in the mesh; the file stays, for the next start. */
    @Override
    public synchronized void close() {
        leaveQuietly();
    }
}
