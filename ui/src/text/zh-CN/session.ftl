# 本机数据库的开启

gate-locked = 已锁定
gate-locked-hint = 这一页需要打开本机数据库。锁定时不显示任何企业名称。
gate-secret = 口令或恢复密钥
gate-unlock = 解锁
gate-none = 本机还没有数据库
gate-none-hint = 核验档案不需要数据库。收件、签发、准备档案需要。可以先用样例数据演练。
gate-drill-firm = 以企业身份演练
gate-drill-incubator = 以孵化器身份演练
