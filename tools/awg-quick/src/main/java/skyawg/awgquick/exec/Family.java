package skyawg.awgquick.exec;

/** IPv4 or IPv6, as the programs around us call them. */
public enum Family {
    V4("-4", "ip", "iptables"),
    V6("-6", "ip6", "ip6tables");

    private final String option;
    private final String nftName;
    private final String iptables;

    Family(String option, String nftName, String iptables) {
        this.option = option;
        this.nftName = nftName;
        this.iptables = iptables;
    }

    /** The family of an address or prefix as text. */
    public static Family of(String address) {
        return address.indexOf(':') >= 0 ? V6 : V4;
    }

    /** The option of {@code ip}. */
    public String option() {
        return option;
    }

    /** The family of a table of {@code nft}, and the name of its header in a rule. */
    public String nftName() {
        return nftName;
    }

    /** The program of the iptables suite; {@code -save} and {@code -restore} are appended for its companions. */
    public String iptables() {
        return iptables;
    }
}
