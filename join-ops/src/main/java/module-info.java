/** Local join algorithms, fragments, and cyclo-join: one relation rotates around a ring of hosts. */
module dev.verbs.join {
    requires transitive dev.verbs.transport;

    exports dev.verbs.join;
    exports dev.verbs.join.fragment;
    exports dev.verbs.join.local;
    exports dev.verbs.join.ring;
}
