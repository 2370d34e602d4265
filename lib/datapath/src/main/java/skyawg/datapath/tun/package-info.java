/**
 * The TUN device: IP packets to and from the kernel, many at a time.
 *
 * <p>Every frame carries a virtio header. With offloads the kernel hands over one large TCP or UDP "superpacket" with
 * the size to cut it to ({@link skyawg.datapath.tun.Segmenter}), and takes one back that we have put together from
 * packets of one flow ({@link skyawg.datapath.tun.Coalescer}): one crossing of the border for up to 64 KiB.
 */
@NullMarked
package skyawg.datapath.tun;

import org.jspecify.annotations.NullMarked;
