#include <microhttpd.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/resource.h>
#ifdef __linux__
// None of them is in the module that Swift makes of the C library.
#include <sys/epoll.h>
extern int pipe2(int ends[2], int flags);
extern int accept4(int listening, struct sockaddr *address, socklen_t *length, int flags);
#endif

/// Every option of a daemon that a server of ours sets.
struct roost_mhd_settings {
    unsigned int connection_limit;
    size_t connection_memory_bytes;
    unsigned int idle_timeout_seconds;
};

typedef void *(*roost_mhd_uri_callback)(void *cls, const char *uri, struct MHD_Connection *connection);

/// MHD_start_daemon is variadic, which Swift cannot call. The daemon has one thread and no listening socket: its connections
/// are given to it.
static inline struct MHD_Daemon *roost_mhd_start(const struct roost_mhd_settings *settings, void *cls,
                                                 MHD_AccessHandlerCallback on_access, roost_mhd_uri_callback on_uri,
                                                 MHD_RequestCompletedCallback on_completed,
                                                 MHD_NotifyConnectionCallback on_connection, void *connection_cls) {
#ifdef __linux__
    unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD;
#else
    unsigned int flags = MHD_USE_AUTO_INTERNAL_THREAD;
#endif
    flags |= MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE | MHD_USE_NO_LISTEN_SOCKET;
    return MHD_start_daemon(flags, 0, NULL, NULL, on_access, cls,
                            MHD_OPTION_CONNECTION_LIMIT, settings->connection_limit,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings->connection_memory_bytes,
                            MHD_OPTION_CONNECTION_TIMEOUT, settings->idle_timeout_seconds,
                            MHD_OPTION_URI_LOG_CALLBACK, on_uri, cls,
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, cls,
                            MHD_OPTION_NOTIFY_CONNECTION, on_connection, connection_cls,
                            MHD_OPTION_END);
}

/// A client's address without its port, in the network's order; `family` is 0 where there is none.
struct roost_client_address {
    int family;
    unsigned char bytes[16];
};

/// MHD_get_connection_info is variadic.
static inline struct roost_client_address roost_mhd_client_address(struct MHD_Connection *connection) {
    struct roost_client_address client = {0};
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info == NULL || info->client_addr == NULL) return client;
    const struct sockaddr *address = info->client_addr;
    client.family = address->sa_family;
    if (address->sa_family == AF_INET) {
        memcpy(client.bytes, &((const struct sockaddr_in *)address)->sin_addr, 4);
    } else if (address->sa_family == AF_INET6) {
        memcpy(client.bytes, &((const struct sockaddr_in6 *)address)->sin6_addr, 16);
    } else {
        client.family = 0;
    }
    return client;
}

/// MHD_get_connection_info is variadic. -1 where there is no socket.
static inline int roost_mhd_client_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : (int)info->connect_fd;
}

/// MHD_upgrade_action is variadic. Gives an upgraded socket back to the daemon, which closes it.
static inline void roost_mhd_close_upgraded(struct MHD_UpgradeResponseHandle *handle) {
    MHD_upgrade_action(handle, MHD_UPGRADE_ACTION_CLOSE);
}

/// RLIMIT_NOFILE has another type in each C library. Raises the soft limit towards `wanted`; returns what holds then.
static inline unsigned long roost_raise_descriptor_limit(unsigned long wanted) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    if (limit.rlim_cur >= wanted) return (unsigned long)limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    return (unsigned long)limit.rlim_cur;
}
