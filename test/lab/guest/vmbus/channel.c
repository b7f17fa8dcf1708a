// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The channel: one packet each way instead of two ring buffers, since the host
 * keeps at most one KVP transaction outstanding.
 */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "lab.h"

/* More than the 30 s after which the driver answers for the daemon. */
#define HOST_PATIENCE (40 * HZ)

struct slot {
	u32 length; /* 0: empty */
	u8 packet[LAB_PACKET_SIZE];
};

static DEFINE_SPINLOCK(lock); /* of all below */
static struct vmbus_channel *open_channel;
static struct slot to_guest;
static struct slot to_host;
static u64 exchange; /* changes when the one before can no longer end */
static u64 awaited;  /* the exchange that the host began last */
static u64 received; /* packets, by the driver; the last one's id */

static DECLARE_WAIT_QUEUE_HEAD(host_queue);

static void slot_put(struct slot *slot, const u8 *packet, u32 length)
{
	memcpy(slot->packet, packet, length);
	slot->length = length;
}

static u32 slot_take(struct slot *slot, u8 *packet)
{
	u32 length = slot->length;

	memcpy(packet, slot->packet, length);
	slot->length = 0;
	return length;
}

/* The driver schedules this too, to look for what came while it was busy. */
static void run_callback(struct tasklet_struct *tasklet)
{
	struct vmbus_channel *channel =
		from_tasklet(channel, tasklet, callback_event);

	if (channel->onchannel_callback)
		channel->onchannel_callback(channel->channel_callback_context);
}

struct vmbus_channel *lab_channel_create(void)
{
	struct vmbus_channel *channel = kzalloc(sizeof(*channel), GFP_KERNEL);

	if (channel)
		tasklet_setup(&channel->callback_event, run_callback);
	return channel;
}

/*
 * The host's side of the channel.
 */

/* A host that sends again has given up the packet before, and its reply. */
int lab_channel_send(const u8 *packet, u32 length)
{
	int error = 0;

	spin_lock_bh(&lock);
	if (open_channel) {
		awaited = ++exchange;
		to_host.length = 0;
		slot_put(&to_guest, packet, length);
		tasklet_schedule(&open_channel->callback_event);
	} else {
		error = -ENODEV;
	}
	spin_unlock_bh(&lock);

	wake_up_interruptible(&host_queue);
	return error;
}

static bool wait_is_over(u64 own)
{
	bool over;

	spin_lock_bh(&lock);
	over = to_host.length || exchange != own;
	spin_unlock_bh(&lock);
	return over;
}

int lab_channel_receive(u8 *packet, u32 *length)
{
	u64 own = READ_ONCE(awaited);
	int error = 0;
	long left;

	left = wait_event_interruptible_timeout(host_queue, wait_is_over(own),
						HOST_PATIENCE);
	if (left < 0)
		return -EINTR;
	if (left == 0)
		return -ETIMEDOUT;

	spin_lock_bh(&lock);
	if (exchange == own)
		*length = slot_take(&to_host, packet);
	else
		error = -ECANCELED;
	spin_unlock_bh(&lock);
	return error;
}

/*
 * The driver's side.
 */

int vmbus_open(struct vmbus_channel *channel, u32 send_size, u32 receive_size,
	       void *userdata, u32 userdata_length,
	       void (*callback)(void *context), void *context)
{
	spin_lock_bh(&lock);
	channel->onchannel_callback = callback;
	channel->channel_callback_context = context;
	channel->state = CHANNEL_OPENED_STATE;
	open_channel = channel;
	spin_unlock_bh(&lock);
	return 0;
}
EXPORT_SYMBOL_GPL(vmbus_open);

void vmbus_close(struct vmbus_channel *channel)
{
	spin_lock_bh(&lock);
	open_channel = NULL;
	exchange++;
	to_guest.length = 0;
	to_host.length = 0;
	channel->state = CHANNEL_OPEN_STATE;
	channel->onchannel_callback = NULL;
	spin_unlock_bh(&lock);

	tasklet_kill(&channel->callback_event);
	wake_up_interruptible(&host_queue);
}
EXPORT_SYMBOL_GPL(vmbus_close);

int vmbus_recvpacket(struct vmbus_channel *channel, void *buffer, u32 size,
		     u32 *length, u64 *request)
{
	int error = 0;

	*length = 0;
	spin_lock_bh(&lock);
	if (to_guest.length > size) {
		error = -ENOBUFS;
	} else if (to_guest.length) {
		*length = slot_take(&to_guest, buffer);
		*request = ++received;
	}
	spin_unlock_bh(&lock);
	return error;
}
EXPORT_SYMBOL_GPL(vmbus_recvpacket);

/* The host is told no reply but that to the packet it sent last. */
int vmbus_sendpacket(struct vmbus_channel *channel, void *buffer, u32 length,
		     u64 request, enum vmbus_packet_type type, u32 flags)
{
	if (length > LAB_PACKET_SIZE || type != VM_PKT_DATA_INBAND)
		return -EINVAL;

	spin_lock_bh(&lock);
	if (channel == open_channel && request == received && !to_guest.length)
		slot_put(&to_host, buffer, length);
	spin_unlock_bh(&lock);

	wake_up_interruptible(&host_queue);
	return 0;
}
EXPORT_SYMBOL_GPL(vmbus_sendpacket);
