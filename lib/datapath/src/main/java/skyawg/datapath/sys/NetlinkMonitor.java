package skyawg.datapath.sys;

import java.io.IOException;
import java.lang.foreign.Arena;
import skyawg.protocol.wire.Memory;

/**
 * Waits for the kernel's word (rtnetlink(7)) that a link, an address or a route of this network namespace has changed.
 * It says only that; whoever is told looks for himself. One thread of its own.
 */
public final class NetlinkMonitor implements Runnable, AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int NETLINK_ROUTE = 0;
    private static final int SOCKADDR_NL_LENGTH = 12;
    private static final int GROUPS_OFFSET = 8;
    /** RTMGRP_LINK, IPV4_IFADDR, IPV4_ROUTE, IPV6_IFADDR, IPV6_ROUTE. */
    private static final int GROUPS = 0x1 | 0x10 | 0x40 | 0x100 | 0x400;

    private static final int BUFFER_LENGTH = 64 << 10;
    private static final int NLMSG_HEADER_LENGTH = 16;
    private static final int NLMSG_TYPE_OFFSET = 4;
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_DELLINK = 17;

    /** What a burst of messages was about. */
    public interface Listener {
        void linkChanged();

        void routesChanged();
    }

    private final Arena arena = Arena.ofShared();
    private final Listener listener;
    private final int fd;
    private final WakeUp wakeUp;
    private final Thread thread;
    private volatile boolean running = true;

    public NetlinkMonitor(Listener listener) throws IOException {
        this.listener = listener;
        fd = LibC.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
        if (fd < 0) {
            throw new SystemCallException("open a netlink socket");
        }
        long address = Memory.allocate(arena, 16);
        Memory.putShortLe(address, AF_NETLINK);
        Memory.putIntLe(address + GROUPS_OFFSET, GROUPS);
        if (LibC.bind(fd, address, SOCKADDR_NL_LENGTH) < 0) {
            throw new SystemCallException("bind a netlink socket");
        }
        wakeUp = new WakeUp(arena);
        thread = Thread.ofPlatform().name("netlink").daemon().unstarted(this);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void run() {
        long buffer = Memory.allocate(arena, BUFFER_LENGTH);
        long pollFds = Memory.allocate(arena, 2L * PollFd.SIZE);
        while (running) {
            PollFd.set(pollFds, fd, PollFd.POLLIN);
            PollFd.set(pollFds + PollFd.SIZE, wakeUp.fd(), PollFd.POLLIN);
            LibC.poll(pollFds, 2, -1);
            if (running && PollFd.returned(pollFds) != 0) {
                read(buffer);
            }
        }
    }

    private void read(long buffer) {
        long length = LibC.recv(fd, buffer, BUFFER_LENGTH, 0);
        // An overrun (ENOBUFS) means that messages were lost: anything may have changed.
        boolean links = length < 0;
        boolean routes = length < 0;
        long at = 0;
        while (at + NLMSG_HEADER_LENGTH <= length) {
            int messageLength = Memory.getIntLe(buffer + at);
            int type = Memory.getShortLe(buffer + at + NLMSG_TYPE_OFFSET);
            if (type == RTM_NEWLINK || type == RTM_DELLINK) {
                links = true;
            } else {
                routes = true;
            }
            if (messageLength < NLMSG_HEADER_LENGTH) {
                break;
            }
            at += (messageLength + 3) & ~3;
        }
        if (links) {
            listener.linkChanged();
        }
        if (routes) {
            listener.routesChanged();
        }
    }

    @Override
    public void close() {
        running = false;
        wakeUp.signal();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        wakeUp.close();
        LibC.close(fd);
        arena.close();
    }
}
