package skyawg.lab.shaper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import skyawg.lab.Arguments;

/** {@code lab shaper}: links with a rate, a delay and faults, as the {@link Orders} on standard input say. */
public final class ShaperCommand {
    private ShaperCommand() {}

    /** Runs until standard input ends. */
    public static void run(Arguments arguments) throws IOException {
        ShaperLoop loop = new ShaperLoop();
        Thread.ofPlatform().name("links").daemon().start(loop);
        Orders orders = new Orders(loop, arguments.number("--seed", 1));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null) {
            System.out.println(orders.obey(line));
            System.out.flush();
            line = lines.readLine();
        }
    }
}
