# 首页

home-next = 下一步
home-next-trust = 导入最新的信任数据
home-next-trust-why = 没有有效的信任数据，就无法判断凭证由谁签发、是否仍然有效。
home-next-trust-do = 去导入
home-next-backup = 做一次备份
home-next-backup-why = 密钥和数据只在这台电脑上，电脑损坏就都没有了。
home-next-backup-do = 去备份
home-next-import = 导入本单位已有的凭证
home-next-import-why = 孵化器或其他单位发来的凭证文件导入后，就能看到有效期，并用于档案。
home-next-import-do = 去导入
home-next-answer = 答复核验请求：{ $about }
home-next-answer-why = 对方列出了要看的材料和用途。答复时由您选择提供哪些内容。
home-next-answer-do = 去答复
home-next-supplement = 补充材料：{ $about }
home-next-supplement-why = 接收方要求补充材料。请在期限前补齐，重新签署后再交。
home-next-supplement-do = 去补充
home-next-more = 另有 { $count } 份档案也被要求补充材料，见下面的列表。
home-next-sign = 继续准备档案：{ $about }
home-next-sign-why = 已经填写的内容都在。自检通过后即可签署、导出。
home-next-sign-do = 继续
home-next-hand = 交给对方：{ $about }
home-next-hand-why = 档案已经签署。请把导出的文件交给接收方；已经交了的，等对方决定，收到决定书后导入。
home-next-hand-do = 去查看
home-next-renew = 更换失效的凭证：{ $about }
home-next-renew-why = 失效的凭证不会被采信，请先向签发单位换新。
home-next-renew-do = 去查看
home-next-begin = 准备一份新档案
home-next-begin-why = 选好去哪里、办什么，程序会告诉您已备哪些、还缺哪些。
home-next-begin-do = 开始

home-due = 到期与失效
home-due-none = 持有的 { $count } 份凭证都在有效期内，90 天内没有到期的。
home-due-nothing-held = 还没有导入任何凭证。
home-all-held = 全部凭证
home-days-left = { $count ->
    [0] 今天到期
   *[other] 还有 { $count } 天
}
home-days-over = 已过 { $count } 天
home-standing-valid = 有效
home-standing-expiring = 即将到期
home-standing-within = { $days } 天内到期
home-standing-expired = 已过期
home-standing-revoked = 已撤销
home-standing-ended = 已注销
home-standing-suspended = 已暂停
home-standing-unknown = 状态未知

home-requests = 待答复的请求
home-requests-none = 没有等待答复的核验请求。
home-all-requests = 全部请求
home-until = 请于此前答复：

home-drafts = 档案
home-drafts-none = 还没有档案。
home-all-drafts = 全部档案
home-draft-draft = 准备中
home-draft-signed = 已签署
home-draft-decided = 已决定

home-machine = 本机
home-trust = 信任数据
home-trust-none = 未导入
home-trust-old = 已过期
home-trust-good = 可用
home-backup = 备份
home-backup-due = 该备份了
home-backup-beside = 只在本机磁盘
home-backup-beside-why = 请另选一个备份文件夹（另一块盘或 U 盘）
home-backup-good = 已备份
home-moved = 原为“{ $from }”，新变动
