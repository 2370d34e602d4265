package skyawg.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.SeededEntropy;

/**
 * The chance that one owner of a part of the nodes holds both the first hop and the exit of a path that was in use. Who
 * owns what is drawn many times over, after the paths are known: path choice knows nothing of owners that declare no
 * family, and these have addresses everywhere.
 */
final class Owners {
    private static final int DRAWS = 50;

    private Owners() {}

    /**
     * @param ofPaths part of the paths
     * @param ofTunnels part of the tunnels that had at least one such path in all the time
     */
    record Chance(double ofPaths, double ofTunnels) {}

    static Chance chance(List<Figures.Chosen> paths, double part, long seed) {
        Entropy entropy = new SeededEntropy(seed);
        double heldPaths = 0;
        double heldTunnels = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            Map<Integer, Boolean> owned = new HashMap<>();
            Set<Integer> tunnels = new HashSet<>();
            Set<Integer> held = new HashSet<>();
            int count = 0;
            for (Figures.Chosen path : paths) {
                boolean isFirstHeld = isOwned(owned, path.firstHop(), part, entropy);
                boolean isExitHeld = isOwned(owned, path.exit(), part, entropy);
                tunnels.add(path.ingress());
                if (isFirstHeld && isExitHeld) {
                    count++;
                    held.add(path.ingress());
                }
            }
            heldPaths += paths.isEmpty() ? 0 : (double) count / paths.size();
            heldTunnels += tunnels.isEmpty() ? 0 : (double) held.size() / tunnels.size();
        }
        return new Chance(heldPaths / DRAWS, heldTunnels / DRAWS);
    }

    private static boolean isOwned(Map<Integer, Boolean> owned, int node, double part, Entropy entropy) {
        return owned.computeIfAbsent(node, _ -> (entropy.nextLong() >>> 11) * 0x1p-53 < part);
    }
}
