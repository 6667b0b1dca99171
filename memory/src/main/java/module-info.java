/** Registered memory: arenas that cannot be freed under a device, pools of blocks, descriptors for peers. */
module dev.verbs.memory {
    requires transitive dev.verbs;

    exports dev.verbs.memory;
}
