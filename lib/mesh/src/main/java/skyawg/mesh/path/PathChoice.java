package skyawg.mesh.path;

import java.util.List;
import java.util.Optional;

/**
 * What came of a request.
 *
 * @param paths as many as wanted, or fewer; each keeps to the whole policy
 * @param shortage why there are fewer
 */
public record PathChoice(List<Path> paths, Optional<Shortage> shortage, Explanation explanation) {}
