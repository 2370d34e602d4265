package skyawg.awgquick;

/** What {@code awg-quick help} prints, and any wrong command line. */
final class Usage {
    static final String TEXT = """
            Usage: awg-quick [ up | down | save | strip ] [ CONFIG_FILE | INTERFACE ]

              up     bring the interface up as its file says
              down   take it down, with all that came with it
              save   write its state back to its file
              strip  print the file without the keys below

              CONFIG_FILE ends in INTERFACE.conf; an INTERFACE alone is looked for in
              /etc/amnezia/amneziawg, /etc/amneziawg and /etc/wireguard. The file holds what
              `awg setconf' reads, and these keys in [Interface]:

              Address     addresses of the interface, with a prefix length; may be repeated
              DNS         name servers and search domains while it is up; may be repeated
              MTU         worked out from the routes to the peers and S4 unless set
              Table       where routes go: a table, `off', or `auto' (the usual)
              PreUp, PostUp, PreDown, PostDown
                          commands for bash(1); %i is the interface; may be repeated
              SaveConfig  `true' writes the state back on `down'

              See awg-quick(8) and awg.conf(5).
            """;

    private Usage() {}
}
