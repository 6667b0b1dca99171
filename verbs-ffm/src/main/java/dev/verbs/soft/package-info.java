/**
 * The software device: connections reliable and not, datagrams and a connection manager in plain Java, for one JVM.
 *
 * <pre>
 *   SoftNetwork ─┬─ SoftProvider (one per host)
 *                ├─ Topology ── Link (LinkModel), HostPort      how long things take
 *                ├─ Faults (FaultPlan)                          what goes wrong
 *                └─ VirtualTime (AgentCost), VirtualClock       one thread steps all hosts
 *
 *   SoftProvider ── SoftHost ── SoftFabric ─┬─ KeyTable ── SoftMemoryRegion, WindowTable ── SoftMemoryWindow
 *                     │                     └─ SoftAgent, Timeline (retries, receiver-not-ready waits, links, flushes)
 *   SoftDevice ── SoftProfile (SoftConfig) ─┬─ SoftLimits
 *       │                                   └─ SoftBehaviour ── ErrorProfile, QueueSizing
 *       └──────── SoftContext ──── SoftQueuePair ─┬─ QpSettings, QpTransitions, IwarpLife
 *                   │    │                        ├─ SendQueue ─┬─ PostChecks, Request, RequestRing, Retries
 *                   │    │                        │             └─ Requester ── Transfer (ChunkList), DatagramSender, LocalOperations
 *                   │    └─ SoftProtectionDomain  └─ ReceiveQueue ── ReceiveRing (RequestRing), RemoteMemory
 *                   │              └─ SoftSharedReceiveQueue ──────── ReceiveRing
 *                   │              └─ SoftExtendedQueuePair (a SoftQueuePair with a list that it builds and posts as a whole)
 *                   ├─ SoftExtendedCompletionQueue (a SoftCompletionQueue read in place)
 *                   ├─ SoftCompletionQueue ── SoftCompletionChannel ── EventQueue
 *                   └─ AsyncEvents ── EventQueue
 *   SoftFabric ── Journal ─┬─ Refusals (reasons by number; MemoryReasons and QpReasons put them into words)
 *                          └─ Trace ── TraceFile (one per JVM)
 *
 *   SoftProvider ── SoftCmChannel ── EventQueue
 *                        └─ SoftCmId ─┬─ CmEndpoint ── SoftQueuePair
 *                                     ├─ CmPost ── Link
 *                                     └─ CmAddressSpace (one per fabric), CmPorts (one per host)
 * </pre>
 *
 * <p>A post executes its requests at once, in the posting thread: checks them in the order of rdma_rxe, copies the payload,
 * completes both sides. What cannot be executed waits in the send queue and is resumed by whoever polls, posts receives or
 * waits on a channel. Memory is reached from those threads only, and never through an address that is not registered: with more
 * than one thread it must come from a shared, automatic or global arena (a confined one gives error completions and a warning).
 *
 * <p>Networks: on a {@code SoftNetwork} whose links take time, or that has a plan of faults, a post only puts its requests on their way.
 * A message leaves when its link and its host's port are free, arrives and is executed a latency later; its sender hears of it another
 * latency later (UC and UD: when it arrives, so that the payload stays until then). Several are under way at once. What finds no receive
 * or no answer is sent again with everything behind it: after the responder's min_rnr_timer, or the sender's timeout. Who polls or waits
 * lets the devices go on; {@code SoftNetwork.agent} does it for hosts that only look into memory, {@code VirtualTime} for all hosts in one
 * thread.
 *
 * <p>Threads: everything of a send queue happens under its lock, everything of a receive queue under its own; a thread holds one
 * of each at most, the send lock first. A queue pair that fails under a peer's lock is flushed when no lock is held.
 *
 * <p>Services: RC waits and retries; UC and UD lose silently what cannot be delivered (no receive, wrong key or queue key, nobody
 * there, a datagram longer than the MTU), and the fabric counts it by {@code Loss}. After an error of a request of its own a UC or
 * UD queue pair is in SQE and goes on receiving, as the specification says (rdma_rxe takes it to ERR); a controlled queue key stands
 * for the queue pair's own (rdma_rxe sends it as it is).
 *
 * <p>Reasons: each refusal has a number, from 1 on, and a reason in words and values; a fabric knows the newest 4,096. A completion with an
 * error carries the number as {@code vendor_err}, on both sides; one that was flushed that of the refusal that took its queue pair to
 * ERR or SQE. {@code WorkCompletions.reason} and {@code describe}, {@code ExtendedCompletionQueue.reason} and {@code QueuePair.firstError}
 * put it into words; {@code QueuePair.explain} does so for a post that was refused. (rdma_rxe leaves {@code vendor_err} 0; hardware gives
 * codes of its own.) Reasons tell memory as region and offset, never as an address.
 *
 * <p>Trace: {@code -Ddev.verbs.soft.trace=FILE} writes a line per event of all fabrics of the JVM, in columns: fabric, time in nanoseconds
 * since the fabric began, host, who, event, details ({@code create close state post refuse transfer complete overflow wait loss async
 * fault measured cm}; {@code post}, {@code transfer} and {@code complete} are those of requests). {@code SoftProvider(Consumer)} and
 * {@code SoftNetwork.Builder.trace} hand the lines, without the first column, to a program instead. One thread, one seed and one clock that
 * does not depend on the machine (virtual time) give the same lines. A file that cannot be written is an error when the first fabric is
 * made. Lines are written at once: none is lost when the JVM ends. A run of {@code ./verbs pingpong}:
 *
 * <pre>
 *   f1 000000359824384 soft QP18       post     SEND wr_id=2 bytes=4096 flags=SIGNALED from=region#2+4096:4096
 *   f1 000000360017191 soft QP18       transfer SEND to=QP17 bytes=4096 psn=15648303 from=region#2+4096:4096 into=region#1+4096:4096
 *   f1 000000360097901 soft QP17       complete recv wr_id=1 SUCCESS RECV bytes=4096 cq=cq#1
 *   f1 000000360162237 soft QP18       complete send wr_id=2 SUCCESS SEND bytes=4096 cq=cq#2
 * </pre>
 *
 * <p>What it does of what a NIC does, each with the contract tests that say so; these run on rdma_rxe, too, and pass there where
 * rdma_rxe can do it ({@code verbs-ffm/DEVIATIONS.md} lists where it cannot). <em>Modelled</em>: as the specification says, and as the
 * profile says where drivers differ. <em>Stricter</em>: refused here, while hardware or a driver lets it pass.
 *
 * <table>
 * <caption>Fidelity</caption>
 * <tr><th>how</th><th>what</th><th>contract tests</th></tr>
 * <tr><td>modelled</td><td>reliable connections: send and receive, write, read, in both directions, any length</td>
 *     <td>{@code SendReceiveContractTest#shouldTransferMessagesAroundThePathMtu},
 *     {@code OneSidedContractTest#shouldWriteExactlyTheBytesThatWereAskedFor},
 *     {@code OneSidedContractTest#shouldReadExactlyTheBytesThatWereAskedFor},
 *     {@code SendReceiveContractTest#shouldCarryMessagesBothWaysAtOnce}</td></tr>
 * <tr><td>modelled</td><td>unreliable connections: what cannot be delivered is lost, and nobody is told</td>
 *     <td>{@code UnreliableConnectionContractTest#shouldSendMessagesOfAnyLength},
 *     {@code UnreliableConnectionContractTest#shouldLoseAMessageForWhichNoReceiveIsPosted},
 *     {@code UnreliableConnectionContractTest#shouldRefuseReads}</td></tr>
 * <tr><td>modelled</td><td>datagrams: address handles, queue keys, the header before the payload, the MTU</td>
 *     <td>{@code DatagramContractTest#shouldReserveTheHeaderBeforeThePayload},
 *     {@code DatagramContractTest#shouldLoseADatagramWithAWrongQueueKey},
 *     {@code DatagramContractTest#shouldLoseWhatIsLongerThanTheMtuWithoutAnError}</td></tr>
 * <tr><td>modelled</td><td>an error of a UC or UD request stops the send queue (SQE), receives go on; rxe: ERR</td>
 *     <td>{@code UnreliableConnectionContractTest#shouldCountWhatIsInFlightWhenItGoesOnAfterAFailure},
 *     {@code DatagramContractTest#shouldFailALocalKeyAndFlushWhatIsBehind}</td></tr>
 * <tr><td>modelled</td><td>immediates of sends and writes; a write with one consumes a receive</td>
 *     <td>{@code SendReceiveContractTest#shouldCarryAnImmediateBesideThePayload},
 *     {@code OneSidedContractTest#shouldConsumeAReceiveWithAnImmediate}</td></tr>
 * <tr><td>modelled</td><td>send with invalidate, local invalidate</td>
 *     <td>{@code WindowAccessContractTest#shouldInvalidateWithASend},
 *     {@code WindowAccessContractTest#shouldRefuseTheKeyAfterALocalInvalidate}</td></tr>
 * <tr><td>modelled</td><td>compare-and-swap and fetch-and-add, also of two queue pairs at once</td>
 *     <td>{@code AtomicContractTest#shouldSwapWhenTheComparisonHolds},
 *     {@code AtomicContractTest#shouldAddAndReturnWhatWasThere},
 *     {@code AtomicContractTest#shouldCountEveryOneOfTwoQueuePairs}</td></tr>
 * <tr><td>modelled</td><td>inline payloads, free when the post returns</td>
 *     <td>{@code SendReceiveContractTest#shouldSendInlineFromMemoryThatIsFreeAtOnce},
 *     {@code SendReceiveContractTest#shouldRefuseInlinePayloadsAboveTheLimit}</td></tr>
 * <tr><td>modelled</td><td>scatter and gather</td>
 *     <td>{@code SendReceiveContractTest#shouldGatherAndScatter},
 *     {@code OneSidedContractTest#shouldGatherIntoOneWrite},
 *     {@code OneSidedContractTest#shouldScatterWhatItReads}</td></tr>
 * <tr><td>modelled</td><td>fences</td>
 *     <td>{@code OneSidedContractTest#shouldReadWhatWasWrittenBefore},
 *     {@code AtomicContractTest#shouldStartAfterAFenceOnly},
 *     {@code WindowBindContractTest#shouldBindBehindAFence}</td></tr>
 * <tr><td>modelled</td><td>unsignalled sends, given back by the next signalled one</td>
 *     <td>{@code SendReceiveContractTest#shouldReclaimUnsignalledSendsWithTheNextSignalledOne},
 *     {@code SendReceiveContractTest#shouldSignalEverySendIfTheQueuePairWasMadeSo}</td></tr>
 * <tr><td>modelled</td><td>armed notification, solicited events</td>
 *     <td>{@code CompletionChannelContractTest#shouldAnnounceOnlyWhenAsked},
 *     {@code CompletionChannelContractTest#shouldAnnounceOnlySolicitedCompletionsIfAskedTo}</td></tr>
 * <tr><td>modelled</td><td>completion channels of several queues</td>
 *     <td>{@code CompletionChannelEventsContractTest#shouldSayWhichOfSeveralQueuesAnnounced},
 *     {@code CompletionChannelContractTest#shouldLoseNothingToAWaiterThatArmsDrainsAndSleeps}</td></tr>
 * <tr><td>modelled</td><td>shared receive queues, resized; their limit event</td>
 *     <td>{@code SharedReceiveTrafficContractTest#shouldServeAllQueuePairsInTheOrderOfPosting},
 *     {@code SharedReceiveTrafficContractTest#shouldRaiseTheLimitEventOncePerArming},
 *     {@code SharedReceiveQueueContractTest#shouldKeepReceivesWhenItGrows}</td></tr>
 * <tr><td>modelled</td><td>memory windows of type 1</td>
 *     <td>{@code WindowBindContractTest#shouldOpenPartOfARegion},
 *     {@code WindowAccessContractTest#shouldRefuseTheOldKeyOfAType1WindowAfterARebind},
 *     {@code WindowAccessContractTest#shouldOpenAType1WindowThroughEveryQueuePairOfItsDomain}</td></tr>
 * <tr><td>modelled</td><td>memory windows of type 2B</td>
 *     <td>{@code WindowAccessContractTest#shouldOpenAType2WindowThroughItsQueuePairOnly},
 *     {@code WindowBindContractTest#shouldRefuseToBindAWindowOfType2Twice},
 *     {@code WindowAccessContractTest#shouldBindAgainAfterARemoteInvalidate}</td></tr>
 * <tr><td>modelled</td><td>every state and transition, with the attributes that each needs and takes</td>
 *     <td>{@code QueuePairStateContractTest#shouldRefuseIllegalTransitionsAndNameThem},
 *     {@code QueuePairStateContractTest#shouldNameTheAttributeThatIsMissing},
 *     {@code QueuePairStateContractTest#shouldNameTheAttributeThatDoesNotBelong},
 *     {@code QueuePairStateContractTest#shouldGoBackToResetFromEveryState}</td></tr>
 * <tr><td>modelled</td><td>SQD: what has begun ends, the rest is held</td>
 *     <td>{@code QueuePairLifeContractTest#shouldGoToSqdAndBack},
 *     {@code AsyncEventContractTest#shouldReportASendQueueThatIsDrained}</td></tr>
 * <tr><td>modelled</td><td>what may be posted in which state</td>
 *     <td>{@code PostingStateContractTest#shouldRefuseSendsBeforeTheQueuePairIsReady},
 *     {@code PostingStateContractTest#shouldUseReceivesThatWerePostedInInit}</td></tr>
 * <tr><td>modelled</td><td>protection domains</td>
 *     <td>{@code BadFlowContractTest#shouldRefuseARegionOfAnotherDomain},
 *     {@code BadFlowContractTest#shouldFailASendFromARegionOfAnotherDomain}</td></tr>
 * <tr><td>modelled</td><td>access of regions and of queue pairs</td>
 *     <td>{@code BadFlowContractTest#shouldRefuseAWriteToARegionWithoutRemoteWrite},
 *     {@code BadFlowContractTest#shouldRefuseAReadThroughAQueuePairWithoutRemoteRead},
 *     {@code AtomicContractTest#shouldRefuseARegionWithoutRemoteAtomic}</td></tr>
 * <tr><td>modelled</td><td>bounds, sums that wrap around included</td>
 *     <td>{@code BadFlowContractTest#shouldSayThatAWriteWentPastTheEndOfTheRegion},
 *     {@code BadFlowContractTest#shouldRefuseAWriteBeforeTheStartOfTheRegion},
 *     {@code BadFlowContractTest#shouldRefuseAWriteWhoseEndWrapsAround}</td></tr>
 * <tr><td>modelled</td><td>keys: local and remote, and their statuses on both sides</td>
 *     <td>{@code BadFlowContractTest#shouldSayThatAWriteUsedAWrongRemoteKey},
 *     {@code BadFlowContractTest#shouldFailASendWithAWrongLocalKey},
 *     {@code BadFlowContractTest#shouldFailBothSidesWhenTheReceiveMayNotBeWritten},
 *     {@code BadFlowContractTest#shouldFailBothSidesWhenTheReceiveIsTooSmall}</td></tr>
 * <tr><td>modelled</td><td>limits of the device, and what is granted</td>
 *     <td>{@code ProfileContractTest#shouldHaveTheLimitsOfTheDevice},
 *     {@code ProfileContractTest#shouldGrantAsManyInlineBytesAsTheDevice},
 *     {@code QueuePairStateContractTest#shouldRefuseLimitsThatTheDeviceDoesNotHave}</td></tr>
 * <tr><td>modelled</td><td>full queues: part of a list is taken, the rest can be posted later</td>
 *     <td>{@code SendReceiveContractTest#shouldAcceptPartOfAListWhenTheQueueIsFullAndTheRestLater},
 *     {@code SendReceiveContractTest#shouldAcceptPartOfAReceiveListWhenTheQueueIsFull},
 *     {@code SharedReceiveQueueContractTest#shouldSayHowManyItTookWhenItIsFull}</td></tr>
 * <tr><td>modelled</td><td>a receiver that is not ready: retries in time, and their end</td>
 *     <td>{@code SendReceiveContractTest#shouldWaitForAReceiveThatComesLate},
 *     {@code BadFlowContractTest#shouldGiveUpWhenThePeerNeverPostsAReceive},
 *     {@code SharedReceiveTrafficContractTest#shouldFailASenderWhoseRetriesEndWhileItIsEmpty}</td></tr>
 * <tr><td>modelled</td><td>a peer that does not answer: retries in time, and their end</td>
 *     <td>{@code BadFlowContractTest#shouldGiveUpWhenThePeersQueuePairIsGone},
 *     {@code PeerLossContractTest#shouldFailTheRestOfAListWhosePeerDiesWhileItWaits}</td></tr>
 * <tr><td>modelled</td><td>flushes, in the order of posting</td>
 *     <td>{@code PostingStateContractTest#shouldFlushSendsInTheOrderOfPostingUnsignalledOnesToo},
 *     {@code PostingStateContractTest#shouldFlushReceivesInTheOrderOfPosting},
 *     {@code BadFlowContractTest#shouldFlushWhatWasBehindTheRequestThatFailed}</td></tr>
 * <tr><td>modelled</td><td>asynchronous events of queue pairs</td>
 *     <td>{@code AsyncEventContractTest#shouldTellAResponderThatItRefusedAccess},
 *     {@code AsyncEventContractTest#shouldReportTheFirstMessageToAQueuePairThatIsReadyToReceiveOnly},
 *     {@code SharedReceiveTrafficContractTest#shouldReportTheLastReceiveOfAQueuePairInError}</td></tr>
 * <tr><td>modelled</td><td>overflow of a completion queue: an event, and the queue pairs fail</td>
 *     <td>{@code AsyncEventContractTest#shouldReportTheCompletionQueueThatOverflowed},
 *     {@code AsyncEventContractTest#shouldReportAQueuePairThatCannotReportAnyMore}</td></tr>
 * <tr><td>modelled</td><td>completion queues resized under traffic</td>
 *     <td>{@code CompletionQueueSizeContractTest#shouldKeepWhatWaitsWhenItShrinks},
 *     {@code CompletionQueueSizeContractTest#shouldRefuseToBecomeSmallerThanWhatWaits}</td></tr>
 * <tr><td>modelled</td><td>extended completion queues with time stamps, extended queue pairs</td>
 *     <td>{@code ExtendedCompletionQueueContractTest#shouldStampTheTimeOfCompletion},
 *     {@code ExtendedQueuePairContractTest#shouldPostABatchOfAllKindsInOrder}</td></tr>
 * <tr><td>modelled</td><td>multicast of datagrams, the sender's own queue pairs included</td>
 *     <td>{@code MulticastContractTest#shouldDeliverToAnAttachedQueuePair},
 *     {@code MulticastContractTest#shouldDeliverACopyToEachTheSendersOwnIncluded},
 *     {@code DatagramTrafficContractTest#shouldDeliverACopyToEveryMember}</td></tr>
 * <tr><td>modelled</td><td>the connection manager: private data</td>
 *     <td>{@code ConnectionContractTest#shouldDeliverTheLongestPrivateDataBothWays},
 *     {@code ConnectionFailureContractTest#shouldDeliverThePrivateDataOfARejection}</td></tr>
 * <tr><td>modelled</td><td>the connection manager: rejections, nobody listens, nobody there</td>
 *     <td>{@code ConnectionFailureContractTest#shouldSayThatThePeerRejected},
 *     {@code ConnectionFailureContractTest#shouldSayThatNobodyListens},
 *     {@code ConnectionEventsContractTest#shouldSayThatNoDeviceLeadsToAForeignNetwork}</td></tr>
 * <tr><td>modelled</td><td>the connection manager: time-outs</td>
 *     <td>{@code ConnectionFailureContractTest#shouldStopConnectingAtTheDeadline},
 *     {@code ConnectionFailureContractTest#shouldStopWaitingForARequestAtTheDeadline}</td></tr>
 * <tr><td>modelled</td><td>the connection manager: disconnects flush both ends</td>
 *     <td>{@code ConnectionContractTest#shouldTellBothEndsOfADisconnectAndFlushThem}</td></tr>
 * <tr><td>modelled</td><td>the connection manager: services of datagrams, groups</td>
 *     <td>{@code DatagramServiceContractTest#shouldTellTheQueuePairAndTheKeyOfAService},
 *     {@code DatagramServiceContractTest#shouldJoinAndLeaveAGroup}</td></tr>
 * <tr><td>modelled</td><td>iWARP, profile siw: the connection manager alone connects; what is sent completes, and the end of the connection
 *     tells that the peer could not take it (siw itself now and then fails it with LOC_QP_OP_ERR, where the connection ended before the
 *     call that sent had returned)</td>
 *     <td>{@code IwarpContractTest#shouldCompleteAWriteWithAWrongRemoteKeyAndLoseTheConnection},
 *     {@code IwarpContractTest#shouldCompleteAMessageThatFindsNoReceiveAndLoseTheConnection},
 *     {@code IwarpContractTest#shouldFlushWhatIsBehindALocalErrorOnlyWhenTold},
 *     {@code IwarpContractTest#shouldKeepWhatIsPostedInErrorInFlight}</td></tr>
 * <tr><td>modelled</td><td>IPv4 and IPv6 addresses of its own address space</td>
 *     <td>{@code ConnectionContractTest#shouldConnectAndCarryDataBothWays},
 *     {@code ConnectionContractTest#shouldConnectOverIpv6},
 *     {@code PortSpaceContractTest#shouldServeBothFamiliesOnOnePortWhereEachKeepsToItself}</td></tr>
 * <tr><td>stricter</td><td>a list's next, sg_list and inline addresses must lie in the list or in registered memory: EFAULT, no
 *     crash</td>
 *     <td>{@code CorruptListContractTest#shouldFailARequestWhoseAddressWasDamaged},
 *     {@code CorruptListContractTest#shouldRefuseASendWithANegativeNumberOfEntries}</td></tr>
 * <tr><td>stricter</td><td>a post that is refused is forgotten (rdma_rxe keeps it in its ring)</td>
 *     <td>{@code PostingStateContractTest#shouldForgetSendsThatWereRefused}</td></tr>
 * <tr><td>stricter</td><td>receives posted in ERR are flushed at once</td>
 *     <td>{@code PostingStateContractTest#shouldFlushWhatIsPostedInError}</td></tr>
 * <tr><td>stricter</td><td>completions of an earlier life, before a reset or of a closed queue pair, are dropped, as mlx4 and mlx5 do</td>
 *     <td>{@code PostingStateContractTest#shouldDropWhatIsOutstandingAtAReset}</td></tr>
 * <tr><td>stricter</td><td>a READ or atomic that the responder has no resources for fails</td>
 *     <td>{@code AtomicContractTest#shouldRefuseAtomicsWhereTheResponderHasNoResourcesForThem}</td></tr>
 * <tr><td>stricter</td><td>a window's own bounds, its domain and the queue pair that invalidates it are checked under every profile</td>
 *     <td>{@code WindowAccessContractTest#shouldRefuseOneByteBehindTheWindow},
 *     {@code WindowAccessContractTest#shouldRefuseToInvalidateThroughAnotherQueuePair},
 *     {@code WindowAccessContractTest#shouldRefuseToInvalidateAWindowThatIsNotBound}</td></tr>
 * <tr><td>stricter</td><td>a queue holds what was granted, and not one request more</td>
 *     <td>{@code InFlightContractTest#shouldCountWhatWaitsAfterALongListWasRefused},
 *     {@code CorruptListContractTest#shouldGoRoundACycleUntilTheQueueIsFull}</td></tr>
 * <tr><td>stricter</td><td>profile siw: changes to RTR, SQD and RESET are refused, which siw accepts without effect, or ends the
 *     connection for; opcodes and counts out of range are refused, which libsiw follows out of its tables; entries of length 0 are
 *     nothing to send</td>
 *     <td>{@code IwarpContractTest#shouldRefuseToConnectByModify},
 *     {@code IwarpContractTest#shouldRefuseToGoBackToReset},
 *     {@code CorruptListContractTest#shouldRefuseASendWithANegativeNumberOfEntries}</td></tr>
 * <tr><td>not modelled</td><td>packets: a message arrives, is lost or is refused as a whole, no byte of it
 *     placed; acknowledgements are not lost</td>
 *     <td>{@code BadFlowContractTest#shouldChangeNothingAtThePeerWhenItRefuses}</td></tr>
 * <tr><td>not modelled</td><td>alternate paths: as over Ethernet</td>
 *     <td>{@code QueuePairQueryContractTest#shouldRefuseAnAlternatePathOverEthernet}</td></tr>
 * <tr><td>not modelled</td><td>paging on demand: registered memory is never absent</td>
 *     <td>{@code RegistrationContractTest#shouldPageOnDemandOrSayThatItCannot},
 *     {@code RegistrationContractTest#shouldRegisterTheAddressSpaceOrSayThatItCannot}</td></tr>
 * <tr><td>not modelled</td><td>moderation of events: there is no interrupt to save</td>
 *     <td>{@code CompletionQueueSizeContractTest#shouldModerateOrSayThatItCannot}</td></tr>
 * <tr><td>not modelled</td><td>file descriptors: everything is in one JVM</td>
 *     <td>{@code AsyncEventContractTest#shouldOfferAnFdForPollOrSayWhyNot}</td></tr>
 * <tr><td>not modelled</td><td>limits of packet rates</td>
 *     <td>{@code QueuePairQueryContractTest#shouldRefuseToPacePacketsWhereTheDeviceCannot}</td></tr>
 * <tr><td>not modelled</td><td>raw packets, flow steering, tag matching</td>
 *     <td>{@code ExtendedCompletionQueueContractTest#shouldGiveOtherFieldsOrSayThatItCannot}</td></tr>
 * </table>
 */
package dev.verbs.soft;
