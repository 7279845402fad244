# 同步

sync-menu = 同步
sync-lead = 与枢纽交换加密的消息；没有网络时一切照常，待发的消息留在发件箱。
sync-now = 现在同步
sync-passphrase-means = 数据库由系统钥匙串打开，本机的设备密钥还需要口令。锁定之前只需输入一次。
sync-drill = 演练中不同步
sync-drill-hint = 演练里的样例不会发给任何人。结束演练后再同步。

sync-badge-decide = 有 { $count } 件需要处理
sync-badge-offline = 离线
sync-badge-offline-waiting = 离线，{ $count } 件待发
sync-badge-synced = 已同步 { $at }
sync-badge-never = 还没有同步过
sync-badge-none = 未加入枢纽
sync-badge-passphrase = 输入口令后同步
sync-badge-syncing = 同步中
sync-badge-refused = 同步没有完成

sync-hub = 枢纽
sync-state-none = 未加入枢纽
sync-state-passphrase = 等待口令
sync-state-syncing = 同步中
sync-state-offline = 离线
sync-state-refused = 没有完成
sync-state-synced = 已同步
sync-offline = 现在连不上枢纽
sync-offline-means = 待发的消息留在发件箱，连上后自动发出；也可以用 U 盘带走。
sync-hub-id = 枢纽编号
sync-hub-url = 枢纽地址
sync-hub-key = 枢纽公钥指纹
sync-last = 上次同步
sync-next = 下次自动同步

sync-join = 加入枢纽
sync-join-hint = 邀请函由枢纽运维人员或所在孵化器发放，每份只能使用一次。没有枢纽时仍可用文件或 U 盘交换。
sync-invitation = 邀请函
sync-invitation-choose = 选择邀请函…
sync-invitation-save = 保存邀请函
sync-join-url-hint = 只写协议、主机和端口，如 https://hub.example
sync-device = 设备名称
sync-device-hint = 便于在设备清单中认出这台电脑，如“前台电脑”。可以不填。
sync-join-file-needed = 请选择邀请函文件
sync-join-url-needed = 请填写枢纽地址
sync-join-secret-needed = 请输入口令，用来生成本机的设备密钥

sync-invite = 邀请企业
sync-invite-hint = 生成一份邀请函，交给企业。企业用它加入同一个枢纽。
sync-invite-sign = 签名并保存
sync-invite-means = 邀请函以本机的设备密钥签名，只有这家企业能用，且只能用一次。
sync-invite-days = 有效期（天）
sync-firm-name = 企业名称

sync-outbox = 发件箱
sync-outbox-none = 发件箱是空的
sync-outbox-none-hint = 在签署后的档案或决定上点“通过枢纽发送”，消息就放在这里。
sync-what = 内容
sync-to = 收件单位
sync-from = 发件单位
sync-state = 状态
sync-at = 时间
sync-received = 收到时间
sync-do = 操作
sync-outbox-waiting = 待发
sync-outbox-sending = 发送中
sync-outbox-sent = 已送达枢纽
sync-outbox-parked = 不能发送
sync-outbox-discarded = 已放弃
sync-next-try = 下次尝试
sync-retry = 重试
sync-retry-one = 重试：给{ $whom }的{ $kind }
sync-discard = 放弃…
sync-discard-one = 放弃：给{ $whom }的{ $kind }
sync-discard-title = 放弃给{ $whom }的{ $kind }
sync-discard-do = 放弃这条消息
sync-discard-means = 消息不再发出，连同理由留在发件箱。已经送出的部分不会生效；需要时可以再次发送该文件。
sync-reason = 理由
sync-reason-needed = 请写明为什么放弃

sync-inbox = 收到但未处理
sync-inbox-none = 没有。收到的档案在台账，收到的请求、决定和凭证在各自的页面。
sync-inbox-parked = 被搁置
sync-inbox-waits = 等待中
sync-inbox-retry = 再次处理
sync-inbox-retry-one = 再次处理：{ $whom }的{ $kind }

sync-kind-credential = 凭证
sync-kind-request = 请求
sync-kind-dossier = 档案
sync-kind-decision = 决定
sync-kind-status_list = 吊销名单
sync-kind-receipt = 回执
sync-kind-notice = 通知
sync-kind-unknown = 尚未打开的消息

sync-stick = U 盘或文件夹
sync-stick-hint = 与联网同步是同样的消息。写出后消息仍留在发件箱，对方收到两次也只算一次；同一份导入两次不会改变任何内容。
sync-stick-choose = 选择 U 盘或文件夹
sync-export = 写到 U 盘…
sync-import = 从 U 盘收取…
sync-exported = 写出 { $messages } 条消息、{ $files } 个信任数据文件
sync-left-out = { $count } 条没有写出：还没有收件单位的设备清单，请先联网同步一次。
sync-imported = 收到 { $received } 条新消息，收下 { $taken } 条
sync-imported-parked = { $count } 条被搁置，原因见“收到但未处理”。
sync-imported-trust = 信任数据已更新。
sync-imported-refused = 这些文件不是可用的消息，没有收下：

sync-send = 通过枢纽发送
sync-send-all = 通过枢纽发送全部 { $count } 份
sync-send-again = 再次通过枢纽发送
sync-queued = 已放入发件箱
sync-queued-means = 正在发给收件单位，进展见时间线和发件箱。
sync-queued-passphrase = 本机的设备密钥还需要口令：在“同步”页点“现在同步”后发出。
sync-queued-offline = 现在离线，连上枢纽后自动发出。
