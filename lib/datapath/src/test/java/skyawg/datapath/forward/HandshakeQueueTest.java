package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.UdpPath;

final class HandshakeQueueTest {
    private static final MessageType[] TYPES = {MessageType.INITIATION, MessageType.RESPONSE, MessageType.COOKIE_REPLY};

    private final Arena arena = Arena.ofShared();
    private final HandshakeQueue queue = new HandshakeQueue(arena);
    private final ObfuscationProfile profile = ObfuscationProfile.compile(ParameterSet.DEFAULTS, 0);
    private final long datagram = Memory.allocate(arena, 256);

    @AfterEach
    void free() {
        arena.close();
    }

    private boolean offer(int number) {
        Memory.putIntLe(datagram + 4, number);
        Memory.putIntLe(datagram + 60, ~number);
        if (queue.isFull()) {
            return false;
        }
        MessageType type = TYPES[number % 3];
        assertThat(Memory.getIntLe(queue.unmask(profile, type, datagram) + 4)).isEqualTo(number);
        queue.put(type, UdpPath.to(TunnelPair.V4, 0, number & 0xffff));
        return true;
    }

    private void assertOldestIs(int number) {
        assertThat(queue.type()).isEqualTo(TYPES[number % 3]);
        assertThat(Memory.getIntLe(queue.message() + 4)).isEqualTo(number);
        assertThat(Memory.getIntLe(queue.message() + 60)).isEqualTo(~number);
        assertThat(queue.source().port()).isEqualTo(number & 0xffff);
    }

    @Test
    void refusesWhenFullAndGoesOnAfterwards() {
        for (int i = 0; i < HandshakeQueue.CAPACITY; i++) {
            assertThat(offer(i)).isTrue();
        }
        assertThat(queue.isFull()).isTrue();
        assertThat(offer(-1 & 0xffff)).isFalse();
        assertThat(queue.size()).isEqualTo(HandshakeQueue.CAPACITY);
        assertOldestIs(0);
        queue.remove();
        assertThat(offer(HandshakeQueue.CAPACITY)).isTrue();
        for (int i = 1; i <= HandshakeQueue.CAPACITY; i++) {
            assertOldestIs(i);
            queue.remove();
        }
        assertThat(queue.size()).isZero();
    }

    @Test
    void aMessageThatIsNotPutGivesWayToTheNext() {
        Memory.putIntLe(datagram + 4, 77);
        queue.unmask(profile, MessageType.INITIATION, datagram);
        assertThat(queue.size()).isZero();
        assertThat(offer(5)).isTrue();
        assertOldestIs(5);
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void keepsOrderAndContentBetweenTwoThreads() throws InterruptedException {
        int messages = 100_000;
        Thread putting = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < messages; i++) {
                while (!offer(i)) {
                    Thread.onSpinWait();
                }
            }
        });
        for (int i = 0; i < messages; i++) {
            while (queue.size() == 0) {
                Thread.onSpinWait();
            }
            assertOldestIs(i);
            queue.remove();
        }
        putting.join();
        assertThat(queue.size()).isZero();
    }
}
