# 备份与维护

upkeep-lead = 备份是加密的，用当时的口令或恢复密钥打开。
upkeep-activity = 操作日志
upkeep-backup-now = 立即备份

upkeep-backups = 备份
upkeep-folder-choose = 选择文件夹
upkeep-folder-change = 更换文件夹
upkeep-restore-file = 从其他文件恢复…
upkeep-backup-made = 已备份
upkeep-due-advice = 请现在备份一次，最好存到另一块硬盘或 U 盘。
upkeep-drilled-at = 上次恢复或演练
upkeep-drilled-never = 从未演练。没有试过的备份不能算备份。
upkeep-backups-none = 还没有备份
upkeep-backups-none-hint = 点“立即备份”，选一个文件夹即可。
upkeep-made-at = 备份时间
upkeep-size = 大小
upkeep-path = 文件
upkeep-do = 操作
upkeep-try = 恢复演练
upkeep-restore = 恢复

upkeep-try-title = 恢复演练
upkeep-try-hint = 在旁边打开这份备份，看里面有什么、是否完好。现有数据库不受影响。
upkeep-secret-hint = 做这份备份时使用的口令，或恢复密钥。
upkeep-tried = 这份备份可以恢复
upkeep-log-whole = 操作日志完好
upkeep-log-broken = 操作日志不完整，请改用另一份备份

upkeep-restore-title = 从备份恢复
upkeep-restore-lead = 恢复后，数据回到做备份的时候。
kind-backup = 备份文件
upkeep-restore-choose = 选择备份文件…
upkeep-restore-drop = 也可以把 .zzbackup 文件拖到这里
upkeep-restore-replaces = 将替换本机现有的数据库
upkeep-restore-kept = 备份之后的改动不会出现。现有数据库不删除，改名保存在同一文件夹。
upkeep-restore-understood = 我知道现有数据库会被这份备份替换
upkeep-restore-replace = 用这份备份替换

upkeep-check = 数据库检查
upkeep-check-hint = 检查数据库结构、引用、检索索引和操作日志的链条。只读取，不改动。
upkeep-check-do = 开始检查
upkeep-whole = 完好：操作日志 { $count } 条，首尾相连
upkeep-broken = 发现问题：操作日志 { $count } 条
upkeep-broken-advice = 请先不要继续录入，从最近一份演练过的备份恢复。

upkeep-diagnostics = 诊断信息
upkeep-diagnostics-hint = 报告问题时可提供给开发者。不含企业名称、个人姓名、文件名和密钥，请先看过再复制。
upkeep-diagnostics-show = 显示
upkeep-diagnostics-again = 重新读取

upkeep-activity-lead = 每条记录与前一条相连，中间删改会被发现。
upkeep-activity-export = 导出日志…
upkeep-activity-text = 经办人、对象或备注
upkeep-any = 不限
upkeep-action = 操作
upkeep-from = 起
upkeep-to = 止
upkeep-activity-none = 还没有记录
upkeep-activity-none-hint = 从第一次操作起，这里会记下时间、经办人和对象。
upkeep-activity-not-found = 没有符合条件的记录
upkeep-seq = 序号
upkeep-at = 时间
upkeep-object = 对象
upkeep-reason = 理由或备注
upkeep-actor = 经办人
upkeep-hash = 校验值

upkeep-restored = 已从备份恢复
upkeep-restored-anew = 数据回到了做备份的时候。
upkeep-restored-means = 数据回到了做备份的时候。原来的数据库改名保存在同一文件夹，名称记在操作日志里。
upkeep-restored-cases = 备份之后收下的档案和作出的决定不在这个数据库里。收件和决定的编号从 { $next } 起，以免与已经发出的回执和通知重复；备份之后的档案请重新收下。
upkeep-progress = 备份进度
