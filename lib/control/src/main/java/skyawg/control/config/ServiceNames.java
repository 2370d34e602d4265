package skyawg.control.config;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.StringTokenizer;

/** The names of UDP services, from {@code /etc/services}: {@code domain 53/udp ALIASES}. */
final class ServiceNames {
    private static final String FILE = "/etc/services";

    private ServiceNames() {}

    /** The port of a service, -1 when there is none of that name. */
    static int udpPort(String name) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new FileInputStream(FILE), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                int port = portIn(line, name);
                if (port >= 0) {
                    return port;
                }
            }
        } catch (IOException e) {
            // Without the file no name is known.
        }
        return -1;
    }

    private static int portIn(String line, String name) {
        if (!line.contains(name)) {
            return -1;
        }
        int comment = line.indexOf('#');
        StringTokenizer words = new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
        if (words.countTokens() < 2) {
            return -1;
        }
        boolean isNamed = words.nextToken().equals(name);
        String port = words.nextToken();
        while (words.hasMoreTokens() && !isNamed) {
            isNamed = words.nextToken().equals(name);
        }
        if (!isNamed || !port.endsWith("/udp")) {
            return -1;
        }
        try {
            int number = Integer.parseInt(port.substring(0, port.length() - "/udp".length()));
            return number >= 0 && number <= 0xffff ? number : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
