/** How large generated tests are: {@link skyawg.protocol.campaign.Campaign}. */
@NullMarked
package skyawg.protocol.campaign;

import org.jspecify.annotations.NullMarked;
