package skyawg.protocol.edge;

import java.lang.foreign.Arena;
import java.util.HexFormat;
import skyawg.protocol.wire.Checksum;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/** A packet at the very end of its memory's used part, with a mark behind it that must stay. */
final class OffHeapPacket implements AutoCloseable {
    static final int ROOM = 70_000;
    private static final int MARK = 0xa5;

    private final Arena arena = Arena.ofConfined();
    final long address = Memory.allocate(arena, ROOM);
    int length;

    OffHeapPacket put(byte[] bytes) {
        Memory.fill(address, ROOM, MARK);
        Memory.copy(bytes, 0, address, bytes.length);
        length = bytes.length;
        return this;
    }

    OffHeapPacket put(String hex) {
        return put(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    byte[] bytes() {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return bytes;
    }

    String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    /** Nothing behind the packet was written. */
    boolean isIntactBehind() {
        for (int i = length; i < Math.min(ROOM, length + 4096); i++) {
            if ((Memory.getByte(address + i) & 0xff) != MARK) {
                return false;
            }
        }
        return true;
    }

    boolean hasGoodV4Checksum() {
        return Checksum.fold(Checksum.add(0, address, IpHeader.v4HeaderLength(address))) == 0xffff;
    }

    /** Checks a transport checksum over the pseudo-header, without IPv6 extension headers. */
    boolean hasGoodTransportChecksum(int protocol) {
        boolean isV6 = IpHeader.version(address) == 6;
        int header = isV6 ? IpHeader.V6_LENGTH : IpHeader.v4HeaderLength(address);
        long sum = protocol == 1 ? 0 : Checksum.pseudoHeader(address, isV6, protocol, length - header);
        return Checksum.fold(Checksum.add(sum, address + header, length - header)) == 0xffff;
    }

    @Override
    public void close() {
        arena.close();
    }
}
