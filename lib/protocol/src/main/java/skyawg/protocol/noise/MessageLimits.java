package skyawg.protocol.noise;

/**
 * How many messages a key may carry, unsigned. The daemon has only {@link #PROTOCOL}; a test lowers them to see a
 * session end.
 *
 * @param rekeyAfter above this a new key is asked for
 * @param rejectAfter at this the key is neither used nor accepted
 */
record MessageLimits(long rekeyAfter, long rejectAfter) {
    static final MessageLimits PROTOCOL =
            new MessageLimits(Constants.REKEY_AFTER_MESSAGES, Constants.REJECT_AFTER_MESSAGES);
}
