# 没有数据库时的第一屏：可以从哪里开始

drill-story = 演练哪个故事
drill-story-branch_operation = 异地经营：合肥企业到松江
drill-story-full_relocation = 整体迁移：苏州企业到杭州
drill-story-voucher_redemption = 创新券：浙江的券在上海用
gate-drill-hint = 演练模式已锁定。演练的口令是：演练口令
gate-drill-firm = 以企业身份演练
gate-drill-incubator = 以孵化器身份演练
session-welcome = 开始使用资质通
session-welcome-hint = 数据只保存在本机，由您的口令加密。无需注册，无需联网。
session-firm = 企业
session-firm-hint = 整理本单位的资质，看看迁入地要什么、还缺什么，签署并导出一份档案。
session-firm-begin = 为企业建立数据库
session-incubator = 孵化器
session-incubator-hint = 核验收到的档案，登记台账，要求补正、作出决定，为在孵企业开具证明。
session-incubator-begin = 为孵化器建立数据库
session-drill-hint = 用样例数据试一遍完整流程。与正式数据分开存放，结束即删除。
session-verify-only = 不建数据库，直接核验一份档案
session-restore = 从备份恢复
