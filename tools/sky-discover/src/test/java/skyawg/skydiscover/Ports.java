package skyawg.skydiscover;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** UDP ports of the loopback interface that nobody uses. */
final class Ports {
    private Ports() {}

    static List<Integer> free(int count) throws IOException {
        List<DatagramSocket> sockets = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
            return ports;
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
    }
}
