package skyawg.control.config;

import skyawg.protocol.names.Endpoint;

/** Turns {@code host:port} into an endpoint. */
public interface EndpointResolver {
    /**
     * @param text {@code host:port} or {@code [v6]:port}, split at the last colon
     * @throws ConfigException when the text has another form, or the name has no address
     */
    Endpoint resolve(String text) throws ConfigException;
}
