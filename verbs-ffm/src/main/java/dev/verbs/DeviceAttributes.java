package dev.verbs;

/**
 * Limits of a device. C: {@code struct ibv_device_attr}, the fields that programs ask for.
 *
 * @param firmwareVersion firmware or driver version
 * @param nodeGuid GUID of the node, host order
 * @param maxMrSize largest region, bytes
 * @param vendorId vendor
 * @param vendorPartId part
 * @param maxQp most queue pairs
 * @param maxQpWr most requests of a work queue
 * @param maxSge most scatter/gather entries of a request
 * @param maxSgeRead most entries of an RDMA READ
 * @param maxCq most completion queues
 * @param maxCqe most entries of a completion queue
 * @param maxMr most regions
 * @param maxPd most protection domains
 * @param maxQpReadAtomics most outstanding reads and atomics of a QP as responder
 * @param maxQpInitReadAtomics most outstanding reads and atomics of a QP as initiator
 * @param ports physical ports, numbered from 1
 */
public record DeviceAttributes(
    String firmwareVersion,
    long nodeGuid,
    long maxMrSize,
    int vendorId,
    int vendorPartId,
    int maxQp,
    int maxQpWr,
    int maxSge,
    int maxSgeRead,
    int maxCq,
    int maxCqe,
    int maxMr,
    int maxPd,
    int maxQpReadAtomics,
    int maxQpInitReadAtomics,
    int ports) {
}
