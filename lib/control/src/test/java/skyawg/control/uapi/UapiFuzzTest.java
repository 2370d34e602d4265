package skyawg.control.uapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import skyawg.control.socket.LineReader;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerUpdate;

/** Damaged text is read or refused with a reason; nothing else happens, and what is read can be written and read. */
class UapiFuzzTest {
    private static final int VARIANTS = 50;

    private final Feed feed = new Feed();
    private final LineReader lines = new LineReader(feed, 65_535);

    @Test
    void refusesOrReadsDamagedUpdates() {
        int[] read = new int[1];
        Campaign.run("damaged UAPI updates, in lots of " + VARIANTS, 1_200_000 / VARIANTS, seed -> {
            byte[] text = UapiText.of(new GeneratedTunnels(seed).update())
                    .substring("set=1\n".length())
                    .getBytes(StandardCharsets.UTF_8);
            Mutator mutator = new Mutator(new Random(seed));
            for (int i = 0; i < VARIANTS; i++) {
                read[0] += readUpdate(mutator.damage(text)) ? 1 : 0;
            }
        });
        assertThat(read[0]).as("some damage is harmless").isPositive();
    }

    @Test
    void refusesOrReadsDamagedSnapshots() {
        int[] read = new int[1];
        Campaign.run("damaged UAPI answers, in lots of " + VARIANTS, 800_000 / VARIANTS, seed -> {
            byte[] text = UapiText.of(new GeneratedTunnels(seed).snapshot("t0"))
                    .concat("errno=0\n\n")
                    .getBytes(StandardCharsets.UTF_8);
            Mutator mutator = new Mutator(new Random(seed));
            for (int i = 0; i < VARIANTS; i++) {
                read[0] += readSnapshot(mutator.damage(text)) ? 1 : 0;
            }
        });
        assertThat(read[0]).as("some damage is harmless").isPositive();
    }

    private boolean readUpdate(byte[] damaged) {
        try (InterfaceUpdate update = UpdateReader.read(fed(damaged))) {
            byte[] again = UapiText.of(update).substring("set=1\n".length()).getBytes(StandardCharsets.UTF_8);
            try (InterfaceUpdate same = UpdateReader.read(fed(again))) {
                boolean isWhole = update.peers().stream().noneMatch(PeerUpdate::remove);
                if (isWhole && !same.equals(update)) {
                    throw new AssertionError("written and read again: " + update + " became " + same);
                }
            }
            return true;
        } catch (UapiException e) {
            String message = String.valueOf(e.getMessage());
            boolean isOrderly = (e.number() == Errno.EINVAL.number() || e.number() == Errno.EPROTO.number())
                    && !message.isEmpty()
                    && message.length() < 200
                    && message.indexOf('\n') < 0;
            if (!isOrderly) {
                throw new AssertionError("error " + e.number() + ": " + message);
            }
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean readSnapshot(byte[] damaged) {
        try {
            SnapshotReader.read(fed(damaged), "t0");
            return true;
        } catch (UapiException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private LineReader fed(byte[] text) {
        lines.close();
        feed.text = ByteBuffer.wrap(text);
        return lines;
    }

    /** A stream that can be had again and again. */
    private static final class Feed implements ReadableByteChannel {
        ByteBuffer text = ByteBuffer.allocate(0);

        @Override
        public int read(ByteBuffer target) {
            int count = Math.min(text.remaining(), target.remaining());
            target.put(text.slice(text.position(), count));
            text.position(text.position() + count);
            return count == 0 ? -1 : count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
