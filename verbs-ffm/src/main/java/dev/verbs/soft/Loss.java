package dev.verbs.soft;

/** Why a message of an unreliable service was lost without a word: counted by the fabric. */
enum Loss {
    /** No queue pair of that number and kind, not connected to the sender, or not ready to receive. */
    NO_TARGET,
    /** No receive was posted. */
    NO_RECEIVE,
    /** A datagram with another queue key than the receiver's. */
    WRONG_QKEY,
    /** A datagram longer than the port's MTU (C10-93.1.1: not sent, no error). */
    TOO_LONG,
    /** A write that the receiver's key, range or access does not allow. */
    ACCESS,
    /** The link was cut, its host is dead, or it lost the message by plan. */
    LINK
}
