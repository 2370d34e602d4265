/**
 * What AmneziaWG adds to WireGuard so that its datagrams are not recognised: the parameters and the rules between them,
 * junk and signature packets sent ahead of a handshake, random paddings and trailers, type words drawn from ranges,
 * header protection, and telling received datagrams apart again.
 *
 * <p>{@link skyawg.protocol.obfuscation.Parameter} is the one table of parameters: every text form of a parameter (UAPI
 * key, config key, command line word, label, JSON name) derives from it. A
 * {@link skyawg.protocol.obfuscation.ParameterSet} is one interface's choice, immutable, shared between threads.
 *
 * <p>Where to read on, in the order a setting travels: {@link skyawg.protocol.obfuscation.ParameterGenerator} draws a
 * set, {@link skyawg.protocol.obfuscation.ParameterRules} judges it,
 * {@link skyawg.protocol.obfuscation.ObfuscationProfile} compiles it for the packet path, where it is shared between
 * threads, and {@link skyawg.protocol.obfuscation.TimingParameters} holds what concerns the clock alone.
 *
 * <p>Terms and numbers: AmneziaWG 1.0 to 3.1. "S" is a padding in front of a message, "H" the range of its type word,
 * "I" a signature packet.
 */
@NullMarked
package skyawg.protocol.obfuscation;

import org.jspecify.annotations.NullMarked;
